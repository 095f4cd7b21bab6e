/* mesh_call.c - questions and commands to the services: see mesh_call.h. */
#include "mesh_call.h"
#include "ids.h"
#include "mesh.h"

enum { TIMEOUT_MS = 3000 };

const char *const mesh_services[MESH_SERVICES] = { "registry", "sharing", "notify", "dispatch" };

bool mesh_is_service (const char *name)
{
    for (int i = 0; i < MESH_SERVICES; i++)
        if (strcmp (mesh_services[i], name) == 0)
            return true;
    return false;
}

struct bus_client *mesh_client (struct operator *self, struct error *err)
{
    if (mesh_open (option_text (self->options, "keys-dir"), "operator", err) < 0)
        return NULL;
    return bus_client_open (option_text (self->options, "run-dir"), err);
}

int mesh_call (struct operator *self, struct bus_client *client, const char *service, const struct message_type *type, const void *message,
               const struct message_type *answer, void *ret_answer, struct error *err)
{
    struct request_header header = { .message = type->name, .version = type->version };
    char key[UUID_TEXT];

    uuid_new (key);
    if (type->flags & IS_COMMAND)
        header.key = key;
    return bus_client_call (client, service, &header, type, message, answer, ret_answer, TIMEOUT_MS, &self->arena, err);
}
