/* main.c - renkei-registry: people, offices, accounts and facilities of a region. */
#include "registry.h"

int main (int argc, char **argv)
{
    static struct registry self;

    return service_run (&registry_service, &self, argc, argv);
}
