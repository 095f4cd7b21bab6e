/* main.c - the notify service: who must be told, and making sure they were. */
#include "notify.h"

int main (int argc, char **argv)
{
    struct notify self = { .webhook_allow = "" };

    return service_run (&notify_service, &self, argc, argv);
}
