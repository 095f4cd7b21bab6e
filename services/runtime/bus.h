/* bus.h - the thread that owns the service's sockets: requests in, replies, doorbells and direct events out.
 *
 * Every message's sender is the principal of its key as ZAP found it (mesh_principal_of): a message without one, or of a revoked key, is
 * dropped and counted.  Doorbells leave by PUB and may be lost; nothing depends on them but time.
 */
#ifndef RUNTIME_BUS_H
#define RUNTIME_BUS_H

#include "crew.h"

struct bus;

struct bus *bus_open (struct runtime *runtime, struct crew *crew, struct error *err);   /* binds; starts no thread */
int bus_start (struct bus *bus, struct error *err);
void bus_stop_taking (struct bus *bus);                 /* requests stay unread from now on; replies still leave */
void bus_stop (struct bus **bus);                       /* sends what is left, then ends */

#endif
