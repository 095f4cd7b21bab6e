/* mesh.h - the only way to get a socket: CURVE with our own ZAP handler (RFC 27), never fail-open.
 *
 * Measured traps this closes (docs/decisions/0002-mesh.md): no handler, late handler, empty domain, foreign context, CURVE_ALLOW_ANY and a
 * dead zauth all accept unknown keys; routing ids are not identity; open connections outlive a removed key.
 * - the handler is bound before any other socket, in czmq's one context, and stops last; unknown or odd requests get 400;
 * - keys come from one allow-list signed by the region key (renkei-keys), re-read when its version or SHA-256 changes;
 * - every received message's User-Id must be a principal allowed for it: revocation works on live connections;
 * - mesh_canary: a random key must be refused and our own accepted before the service says it is ready, and every 60 s.
 * Limits per socket: message 1 MiB as the codec makes it, handshake 5 s, high-water mark 10,000, linger 500 ms.  Threads: sockets belong to
 * one thread.
 */
#ifndef RUNTIME_MESH_H
#define RUNTIME_MESH_H

#include <stdbool.h>
#include <stddef.h>
#include "error.h"

struct _zsock_t;
struct _zframe_t;

/* Starts the ZAP handler.  keys_dir holds <principal>.key (own private key, 0600), allow-list (signed) and region.pub. */
int mesh_open (const char *keys_dir, const char *principal, struct error *err);
void mesh_close (void);

struct _zsock_t *mesh_bind (int socket_type, const char *endpoint, struct error *err);
struct _zsock_t *mesh_connect (int socket_type, const char *endpoint, const char *peer_principal, struct error *err);
int mesh_canary (const char *endpoint, const char *own_principal, struct error *err);     /* 0: refuses strangers and accepts us */
bool mesh_is_allowed (const char *principal);        /* still in the allow-list now */

/* Who sent the message this frame was received in: the principal, as long as the key it came with is still allowed; NULL for a frame
 * without User-Id (foreign context, no handler, forwarded) and for a revoked key.  The text lives as long as the process. */
const char *mesh_principal_of (struct _zframe_t *frame);

/* Like mesh_connect with the peer's nth newest key (while keys are rotated, a running peer still has its old one); NULL with
 * ERROR_NOT_FOR_YOU when there are not so many. */
struct _zsock_t *mesh_connect_nth (int socket_type, const char *endpoint, const char *peer_principal, int nth, struct error *err);

/* Version of the allow-list in force: who publishes makes its PUB socket anew when it changes, since subscribers send no messages that
 * could be checked. */
long long mesh_version (void);

/* renkei-keys uses these. */
int keys_make_region (const char *dir, struct error *err);
int keys_make_principal (const char *dir, const char *principal, struct error *err);      /* adds it to the allow-list */
int keys_revoke (const char *dir, const char *principal, struct error *err);

#endif
