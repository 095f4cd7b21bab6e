/* import_dates.h - days as lists write them, with Japanese eras or without: 令和6年1月1日, 平成 14年01月01日, S22.4.1, 2024/1/1.  Pure. */
#ifndef REGISTRY_IMPORT_DATES_H
#define REGISTRY_IMPORT_DATES_H

#include <stdbool.h>
#include "arena.h"

/* The day at the beginning of the text as YYYY-MM-DD, and *ret_rest behind it; NULL when there is none. */
const char *import_date (struct arena *arena, const char *narrow, const char **ret_rest);
/* "令和6年1月1日～令和11年12月31日"; the end may be missing.  False when it is no period. */
bool import_period (struct arena *arena, const char *cell, const char **ret_from, const char **ret_until);

#endif
