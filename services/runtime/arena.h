/* arena.h - memory of one message: everything decoded or built for it is freed at once.
 *
 * Limits: one allocation at most 16 MiB; out of memory aborts the process (systemd restarts it; every outcome is in the database).
 */
#ifndef RUNTIME_ARENA_H
#define RUNTIME_ARENA_H

#include <stddef.h>

struct arena { struct arena_block *blocks; };

void *arena_alloc (struct arena *arena, size_t size);                         /* zeroed, aligned for any type */
char *arena_copy (struct arena *arena, const char *bytes, size_t size);       /* with a NUL behind */
char *arena_text (struct arena *arena, const char *text);                     /* copy of a C string; NULL stays NULL */
char *arena_print (struct arena *arena, const char *fmt, ...) __attribute__ ((format (printf, 2, 3)));
void arena_reset (struct arena *arena);                                       /* empties it, keeps its first block for reuse */
void arena_done (struct arena *arena);

#define ARENA(name) __attribute__ ((cleanup (arena_done))) struct arena name = { 0 }

#endif
