/* allow_list.h - who may speak on the mesh: a text file signed by the region key (Ed25519).
 *
 *     renkei allow-list 1
 *     version 7
 *     key svc:notify <public CURVE key, Z85> <from> <until>
 *     signature <Ed25519 over every byte above this line, hex>
 *
 * from and until are seconds since 1970 UTC, until 0 means no end; a principal may have several keys (rotation), the newest one last: that
 * is the one to expect of a peer.  Names: 1 to 31 of a-z 0-9 _ . and ':'.  Limits: 256 keys, 64 KiB. An empty list is valid and allows
 * nobody.
 */
#ifndef RUNTIME_ALLOW_LIST_H
#define RUNTIME_ALLOW_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "error.h"

enum { PRINCIPAL_TEXT = 32, KEY_TEXT = 41, ALLOWED_KEYS_MAX = 256, ALLOW_LIST_BYTES_MAX = 64 * 1024, REGION_PUBLIC_BYTES = 32,
       REGION_SECRET_BYTES = 64 };

struct allowed_key { char principal[PRINCIPAL_TEXT]; char key[KEY_TEXT]; int64_t from, until; };
struct allow_list { int64_t version; struct allowed_key keys[ALLOWED_KEYS_MAX]; size_t count; };

bool principal_is_valid (const char *name);

/* Text may hold anything; ret is only changed on success. */
int allow_list_parse (const char *text, size_t size, const unsigned char region[REGION_PUBLIC_BYTES], struct allow_list *ret,
                      struct error *err);
/* Signed text; the caller frees it. */
char *allow_list_print (const struct allow_list *list, const unsigned char region_secret[REGION_SECRET_BYTES]);

/* NULL when nobody has this key now. */
const struct allowed_key *allow_list_find (const struct allow_list *list, const char *key, int64_t now_seconds);
/* The principal's nth newest key that is valid now; NULL when there is none. */
const struct allowed_key *allow_list_key_of (const struct allow_list *list, const char *principal, size_t nth, int64_t now_seconds);

#endif
