/* import_reading.h - what is known while one row is read; shared by import_rules.c and import_more.c only. */
#ifndef REGISTRY_IMPORT_READING_H
#define REGISTRY_IMPORT_READING_H

#include "import_hours.h"
#include "import_rules.h"
#include "json_text.h"

struct row_reading {
    struct arena *arena;
    const struct profile_map *map;
    const char *titles[FACILITY_FIELD_COUNT], *cells[FACILITY_FIELD_COUNT];     /* by field; NULL when the file has no such column */
    struct facility_row *row;
    struct json_text raw, extra;
    struct hours_said hours;
    int64_t sum, parts;                 /* -1: not said */
};

void row_problem (struct row_reading *reading, const char *column, const char *value, const char *reason, bool refused);

/* import_more.c: one cell of a column that is no field of its own, and what the whole row says with them. */
void row_take_time (struct row_reading *reading, size_t column, const char *cell);
void row_take_item (struct row_reading *reading, size_t column, const char *cell);
void row_take_part (struct row_reading *reading, size_t column, const char *cell);
void row_finish_more (struct row_reading *reading);

#endif
