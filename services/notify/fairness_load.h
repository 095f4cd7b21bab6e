/* fairness_load.h - gathers what fairness_count needs for a municipality and a period of days [first, next). */
#ifndef NOTIFY_FAIRNESS_LOAD_H
#define NOTIFY_FAIRNESS_LOAD_H

#include "fairness.h"

int fairness_load (struct db *db, struct arena *arena, const char *municipality, int64_t first, int64_t next,
                   struct fairness_result *ret, struct error *err);

#endif
