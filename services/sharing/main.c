/* main.c - the sharing service: patients, consents, care teams and the sharing sheet. */
#include "sharing.h"

int main (int argc, char **argv)
{
    struct sharing self = { 0 };

    return service_run (&sharing_service, &self, argc, argv);
}
