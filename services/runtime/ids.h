/* ids.h - UUIDs as 36-character text (RFC 9562) and other random values. */
#ifndef RUNTIME_IDS_H
#define RUNTIME_IDS_H

#include <stdbool.h>
#include <stddef.h>

enum { UUID_TEXT = 37 };

void uuid_new (char ret[UUID_TEXT]);                                    /* version 7: real time and randomness */
void uuid_from_name (const char *space, const char *name, char ret[UUID_TEXT]);  /* version 8 from SHA-256: the same for the same name */
bool uuid_is_valid (const char *text);                                  /* lower-case 8-4-4-4-12 */
void random_fill (void *bytes, size_t size);                            /* getrandom; aborts if the kernel cannot */

#endif
