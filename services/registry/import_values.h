/* import_values.h - one value of a file made usable: each reader takes the trimmed text of a cell.  Pure.
 *
 * text NULL: not usable, or not stated.  doubt: why it does not look right (the row is taken).  refusal: why the row cannot be taken.
 * Reasons are Japanese, for the report.  Source: data-formats.md §2.1, §3 item 8.
 */
#ifndef REGISTRY_IMPORT_VALUES_H
#define REGISTRY_IMPORT_VALUES_H

#include <stdbool.h>
#include "arena.h"
#include "import_profile.h"

struct value {
    const char *text, *doubt, *refusal;
    bool lost_zeros;            /* a spreadsheet seems to have taken it for a number */
    bool same;                  /* nothing is lost although the text differs from the cell */
};

struct value value_number (struct arena *arena, const char *cell);                  /* 事業所番号: 10 letters and digits */
struct value value_number_of (struct arena *arena, enum number_form form, const char *cell);    /* blank: text NULL where the form allows */
struct value value_code (struct arena *arena, const char *cell);                    /* 6 digits with check digit */
struct value value_split_code (struct arena *arena, const char *prefecture, const char *city);  /* 2 and 3 digits; gets its check digit */
struct value value_postal_code (struct arena *arena, const char *cell);             /* 260-0022 */
struct value value_period (struct arena *arena, const char *cell);                  /* 2024-01-01/2029-12-31; the end may be missing */
/* An item of table 1: "yes", "no", or words; NULL: not stated. */
struct value value_item (struct arena *arena, const char *cell);
struct value value_name (struct arena *arena, const char *cell);                    /* required, at most 300 bytes */
struct value value_service (struct arena *arena, const char *cell);                 /* required, at most 120 bytes */
struct value value_short (struct arena *arena, const char *cell);                   /* at most 300 bytes */
struct value value_address (struct arena *arena, const char *cell);                 /* at most 400 bytes */
struct value value_long (struct arena *arena, const char *cell);                    /* any length; （改行） is a line break */
struct value value_coordinate (struct arena *arena, const char *cell);              /* decimal degrees; see also row's point check */
struct value value_phone (struct arena *arena, const char *cell);
struct value value_corporation (struct arena *arena, const char *cell);
struct value value_days (struct arena *arena, const char *cell);                    /* 平日,土曜日,日曜日,祝日 */
struct value value_capacity (struct arena *arena, const char *cell);                /* 0 means not stated */
struct value value_url (struct arena *arena, const char *cell);                     /* http or https */
const char *value_email (struct arena *arena, const char *cell);                    /* the address when the cell holds one, else NULL */

#endif
