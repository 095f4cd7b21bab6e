/* main.c - the dispatch service: fire and ambulance. */
#include "dispatch.h"

int main (int argc, char **argv)
{
    struct dispatch self = { .webhook_allow = "", .ask_ms = 1000 };

    return service_run (&dispatch_service, &self, argc, argv);
}
