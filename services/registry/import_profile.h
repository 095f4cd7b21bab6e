/* import_profile.h - the form of a file, read from services/registry/profiles/NAME.profile (compiled into the program).
 *
 * A profile says which column of a file is which field of a facility, by header name, in any order.  Pure but for profile_open.
 * Ownership: everything points into the arena given to profile_find or profile_map.
 */
#ifndef REGISTRY_IMPORT_PROFILE_H
#define REGISTRY_IMPORT_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"
#include "csv.h"
#include "error.h"

enum facility_field {
    FACILITY_LOCATED_IN, FACILITY_NUMBER, FACILITY_PREFECTURE_NAME, FACILITY_CITY_NAME, FACILITY_NAME, FACILITY_NAME_KANA, FACILITY_SERVICE,
    FACILITY_ADDRESS, FACILITY_BUILDING, FACILITY_LATITUDE, FACILITY_LONGITUDE, FACILITY_PHONE, FACILITY_FAX, FACILITY_CORPORATION_NUMBER,
    FACILITY_CORPORATION_NAME, FACILITY_DAYS, FACILITY_DAYS_NOTE, FACILITY_CAPACITY, FACILITY_URL, FACILITY_SHARED_SERVICE,
    FACILITY_CARE_STANDARD, FACILITY_DISABILITY_STANDARD, FACILITY_REMARK, FACILITY_UNUSED, FACILITY_FIELD_COUNT
};

enum { PROFILE_ALIASES_MAX = 4, PROFILE_DROPS_MAX = 8 };

struct profile_column {
    const char *headers[PROFILE_ALIASES_MAX];           /* folded */
    const char *title;                                  /* first header as written; NULL when the profile has no such column */
    bool required;
};

struct import_profile {
    const char *name, *about, *source;
    struct profile_column columns[FACILITY_FIELD_COUNT];
    const char *drops[PROFILE_DROPS_MAX];               /* folded parts of headers */
};

/* The columns of one file. */
struct profile_map {
    int field_at[CSV_FIELDS_MAX];                       /* enum facility_field, MAP_EXTRA or MAP_DROPPED by column */
    const char *titles[CSV_FIELDS_MAX];                 /* header as written */
    size_t count;
};
enum { MAP_EXTRA = -1, MAP_DROPPED = -2 };

const char *facility_field_name (enum facility_field field);         /* "located_in" */

/* NULL when there is no such profile or its text is broken. */
const struct import_profile *profile_find (struct arena *arena, const char *name);
/* The same, then FOLDER/NAME.profile (at most 64 KiB; folder may be NULL or ""): the only call here that reads a file. */
const struct import_profile *profile_open (struct arena *arena, const char *folder, const char *name);
const struct import_profile *profile_read (struct arena *arena, const char *text, size_t size);

/* Finds the columns by the header record.  Fails with ERROR_FILE_SHAPE (`why`) when a required column is missing or one comes twice. */
int profile_map (const struct import_profile *profile, struct arena *arena, const struct csv_record *header, struct profile_map *ret,
                 struct error *err);

#endif
