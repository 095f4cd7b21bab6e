/* keys.h - the files of the keys directory (0700): what renkei-keys writes and mesh_open reads.
 *
 *   region.key      secret half of the region key, hex, 0600; only renkei-keys needs it, it may be kept elsewhere
 *   region.pub      its public half, hex
 *   allow-list      see allow_list.h; always replaced whole (rename)
 *   svc-notify.key  a principal's CURVE pair, 0600; ':' becomes '-' in file names
 *
 * Threads: none of it is called while serving, except keys_read_list by the mesh.  Errors name the file, never its content.
 */
#ifndef RUNTIME_KEYS_H
#define RUNTIME_KEYS_H

#include "allow_list.h"

struct key_pair { char public_key[KEY_TEXT], secret_key[KEY_TEXT]; };

int keys_make_region (const char *dir, struct error *err);              /* refuses to replace one */
int keys_make_principal (const char *dir, const char *principal, struct error *err);
int keys_revoke (const char *dir, const char *principal, struct error *err);
/* A new key for every principal (or one, when not NULL; it must be in the list); the old ones stay valid for grace_seconds (0 to a year).
 */
int keys_rotate (const char *dir, const char *principal, int64_t grace_seconds, struct error *err);

int keys_read_region (const char *dir, unsigned char ret[REGION_PUBLIC_BYTES], struct error *err);
int keys_read_pair (const char *dir, const char *principal, struct key_pair *ret, struct error *err); /* refuses a file others can read */
/* Text of the allow-list as it stands; the caller frees it. */
int keys_read_list (const char *dir, char **ret, size_t *ret_size, struct error *err);

#endif
