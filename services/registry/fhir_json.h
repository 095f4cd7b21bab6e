/* fhir_json.h - writes JSON with the comma where it belongs; of the files fhir*.c only.
 *
 * Control characters that FHIR forbids in a string become spaces (a line break stays).  name NULL: an element of an array, or the whole.
 */
#ifndef REGISTRY_FHIR_JSON_H
#define REGISTRY_FHIR_JSON_H

#include "fhir.h"
#include "json_text.h"

struct fhir_json { struct json_text out; };                             /* zero it and give out.arena */

void fhir_open (struct fhir_json *json, const char *name, char bracket);    /* '{' or '[' */
void fhir_close (struct fhir_json *json, char bracket);                 /* '}' or ']' */
void fhir_text (struct fhir_json *json, const char *name, const char *value);
void fhir_number (struct fhir_json *json, const char *name, const char *digits);    /* as it is */
void fhir_flag (struct fhir_json *json, const char *name, bool value);
struct bytes fhir_bytes (const struct fhir_json *json);

/* fhir.c */
void fhir_put_resource (struct fhir_json *json, const char *name, enum fhir_type type, const struct open_facility *facility);

#endif
