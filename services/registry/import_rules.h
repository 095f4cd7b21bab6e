/* import_rules.h - what one row of a file means: normalised values, doubts, refusals.  Pure: no I/O, no clock.
 *
 * A row is refused (with every reason) or taken; a taken row may have doubtful values.  A value that is not usable is left out and its raw
 * text kept in provenance.  Source: data-formats.md §2.1 (quirks) and §3.
 */
#ifndef REGISTRY_IMPORT_RULES_H
#define REGISTRY_IMPORT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "import_profile.h"

enum { ROW_PROBLEMS_MAX = 24 };

/* An item of table 1 (enum facility_item, enum item_answer); text NULL: none. */
struct row_item { int item, answer; const char *text; };

struct row_problem { const char *column, *value, *reason; bool refused; };

/* A facility as the file says it; NULL where it says nothing usable. */
struct facility_row {
    int64_t line;
    const char *number, *service, *located_in, *prefecture_name, *city_name;
    const char *name, *name_kana, *address, *building, *latitude, *longitude, *phone, *fax, *corporation_number, *corporation_name;
    const char *days, *days_note, *capacity, *url, *email, *shared_service, *care_standard, *disability_standard, *remark;
    const char *postal_code, *valid;    /* valid: from/until */
    bool phone_doubtful;
    struct row_item items[PROFILE_ITEMS_MAX];
    int item_count;
    const char *hours;                  /* see hours_json; NULL: nothing is said */
    const char *extra;                  /* JSON object of the columns the registry does not know; NULL when there are none */
    const char *raw; /* JSON members `"field":{"raw":…,"doubtful":true}`, comma-joined; "" when every value stands as written */
    struct row_problem problems[ROW_PROBLEMS_MAX];
    int problem_count;
    bool refused, doubtful;
    bool lost_zeros;                    /* number or code look like a spreadsheet took them for numbers */
    bool phone_is_number;               /* the telephone column repeats the office number */
};

void import_row_read (const struct profile_map *map, struct arena *arena, const struct csv_record *record, struct facility_row *ret);

/* {"18":[1,"内科、外科"]} - answer and words by item; NULL when there are none. */
const char *import_items_json (const struct facility_row *row, struct arena *arena);

/* What makes a whole file suspicious, counted over its rows. */
struct file_tally { int64_t rows, refused, lost_zeros, phone_is_number; };

/* NULL, or why the file is refused (Japanese).  `complete`: all rows have been counted; before that only what is certain is told. */
const char *import_judge_rows (const struct file_tally *tally, bool complete, struct arena *arena);
/* known: municipalities the registry has from this source for the services of the file; missing: how many of them the file lacks. */
const char *import_judge_coverage (int64_t known, int64_t missing, struct arena *arena);
/* newest: of what was imported before for the same services and places; NULL when nothing is newer.  Dates YYYY-MM-DD. */
const char *import_judge_date (const char *source_date, const char *newest, struct arena *arena);

/* The JSON provenance of a row, and its fingerprint (a uuid): equal for equal content whatever line or date it came with. */
char *import_provenance (const struct facility_row *row, const char *source, const char *source_date, struct arena *arena);
void import_fingerprint (const struct facility_row *row, struct arena *arena, char ret[37]);

#endif
