/* import_profile.h - the form of a file, read from services/registry/profiles/NAME.profile (compiled into the program).
 *
 * A profile says which column of a file is which field of a facility, by header name, in any order, and what the file leaves unsaid: the
 * scheme its numbers are of, the kind of service, the prefecture.  The words of the language: profiles/README.md.
 * Pure but for profile_open.  Ownership: everything points into the arena given to profile_find or profile_map.
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
    FACILITY_CARE_STANDARD, FACILITY_DISABILITY_STANDARD, FACILITY_REMARK, FACILITY_UNUSED, FACILITY_PREFECTURE_CODE, FACILITY_CITY_CODE,
    FACILITY_POSTAL_CODE, FACILITY_VALID, FACILITY_OPEN_DAYS, FACILITY_OPENS, FACILITY_CLOSES, FACILITY_OPEN_NOTE, FACILITY_FIELD_COUNT
};

enum {
    PROFILE_ALIASES_MAX = 4, PROFILE_DROPS_MAX = 8, PROFILE_VALUES_MAX = 12, PROFILE_ITEMS_MAX = 30, PROFILE_PARTS_MAX = 8,
    PROFILE_TIMES_MAX = 240
};

/* The column of reasons in a file of refused rows; a file that has it holds only a part of its list. */
#define IMPORT_REASON_TITLE "受け付けられない理由"

/* How the numbers of a file are written; the longest is 20 characters. */
enum number_form { NUMBER_KAIGO, NUMBER_NAVII, NUMBER_KOUSEIKYOKU, NUMBER_IRYO, NUMBER_ANY };

/* A column that says when a facility is open. */
enum time_column { TIME_WEEKLY, TIME_NTH, TIME_HOLIDAY, TIME_NOTE, TIME_FROM, TIME_TO };
struct profile_time {
    const char *header;                                 /* folded */
    enum time_column what;
    int day, week, slot;                                /* 1 Monday … 7 Sunday, 8 holidays; 1-5; 1-4; 0: none */
};

struct profile_item { int item; const char *header; };  /* enum facility_item */
struct profile_value { const char *said, *means; };     /* said: folded */

struct profile_column {
    const char *headers[PROFILE_ALIASES_MAX];           /* folded */
    const char *title;                                  /* first header as written; NULL when the profile has no such column */
    bool required;
};

struct import_profile {
    const char *name, *about, *source;
    const char *scheme;                                 /* what the numbers are of; the profile's name when it does not say */
    const char *service, *prefecture;                   /* of every row; NULL: the file says it */
    enum number_form number;
    int gives;                                          /* enum item_source of the items */
    struct csv_record *header;                          /* of files that have none; NULL: the file's first record */
    struct profile_column columns[FACILITY_FIELD_COUNT];
    struct profile_value services[PROFILE_VALUES_MAX];  /* what the service column may say; none: anything */
    struct profile_item items[PROFILE_ITEMS_MAX];
    struct profile_time times[PROFILE_TIMES_MAX];
    int service_count, item_count, time_count;
    const char *sum[PROFILE_PARTS_MAX];                 /* folded: the first is the sum of the others */
    const char *drops[PROFILE_DROPS_MAX];               /* folded parts of headers */
};

/* The columns of one file. */
struct profile_map {
    const struct import_profile *profile;
    int field_at[CSV_FIELDS_MAX];       /* enum facility_field, MAP_TIME or MAP_ITEM + which of the profile's, MAP_EXTRA or MAP_DROPPED */
    int sum_at[CSV_FIELDS_MAX];                         /* 1 the sum, 2 a part of it, 0 neither */
    const char *titles[CSV_FIELDS_MAX];                 /* header as written */
    size_t count;
};
enum { MAP_EXTRA = -1, MAP_DROPPED = -2, MAP_TIME = 1000, MAP_ITEM = 2000 };

const char *facility_field_name (enum facility_field field);         /* "located_in" */

/* NULL when there is no such profile or its text is broken. */
const struct import_profile *profile_find (struct arena *arena, const char *name);
/* The built-in ones by number from 0, in the order they are offered; NULL behind the last. */
const struct import_profile *profile_built_in (struct arena *arena, int number);
/* The same, then FOLDER/NAME.profile (at most 64 KiB; folder may be NULL or ""). */
const struct import_profile *profile_open (struct arena *arena, const char *folder, const char *name);
/* All that can be opened, at most `most`: the built-in ones, then the folder's by name. */
size_t profile_list (struct arena *arena, const char *folder, const struct import_profile **ret, size_t most);
const struct import_profile *profile_read (struct arena *arena, const char *text, size_t size);

/* Finds the columns by the header record.  Fails with ERROR_FILE_SHAPE (`why`) when a required column is missing or one comes twice. */
int profile_map (const struct import_profile *profile, struct arena *arena, const struct csv_record *header, struct profile_map *ret,
                 struct error *err);

#endif
