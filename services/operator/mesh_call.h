/* mesh_call.h - speaks to the services as principal `operator`. */
#ifndef OPERATOR_MESH_CALL_H
#define OPERATOR_MESH_CALL_H

#include "bus_client.h"
#include "operator.h"

enum { MESH_SERVICES = 4 };
extern const char *const mesh_services[MESH_SERVICES];
bool mesh_is_service (const char *name);

/* Once a process; the mesh is closed at exit. */
struct bus_client *mesh_client (struct operator *self, struct error *err);
int mesh_call (struct operator *self, struct bus_client *client, const char *service, const struct message_type *type, const void *message,
               const struct message_type *answer, void *ret_answer, struct error *err);

#endif
