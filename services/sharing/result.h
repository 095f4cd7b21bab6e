/* result.h - what a crew's result means for the record: the place, and a line on the sheet.  No I/O. */
#ifndef SHARING_RESULT_H
#define SHARING_RESULT_H

#include <stdbool.h>
#include "arena.h"
#include "messages.h"

extern const char result_writer[];          /* stands for the fire service where a person's id is asked for */

struct result_place { enum place_kind kind; const char *name, *phone; char from[11]; };

/* False when the place stays what it is. */
bool result_place_of (const struct incident_result *event, enum place_kind now, struct result_place *ret);

/* "11/23 03:10 救急搬送：みずき病院（家族合流、引継：医師）" */
const char *result_line (const struct incident_result *event, struct arena *arena);
/* The section as it was, with the line at the end of "condition now"; the oldest lines go when it grows too long. */
struct sheet_content result_content (const struct sheet_content *now, const struct incident_result *event, struct arena *arena);

#endif
