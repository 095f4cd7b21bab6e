/* json_text.h - writes the small JSON objects the registry keeps in jsonb columns.
 *
 * Ownership: the text lies in the arena; it is always ended by NUL.  Takes well-formed UTF-8.
 */
#ifndef REGISTRY_JSON_TEXT_H
#define REGISTRY_JSON_TEXT_H

#include <stddef.h>
#include "arena.h"

struct json_text { struct arena *arena; char *text; size_t size, room; };

void json_add (struct json_text *json, const char *text, size_t size);
void json_put (struct json_text *json, const char *text);                               /* as it is */
void json_string (struct json_text *json, const char *text);                            /* with quotes */
void json_member (struct json_text *json, const char *name, const char *value); /* "name":"value", with the comma before it when needed */
void json_optional (struct json_text *json, const char *name, const char *value);        /* the same; nothing when value is NULL */

#endif
