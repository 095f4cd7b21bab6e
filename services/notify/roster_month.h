/* roster_month.h - one rotation's month: its days and the shifts that belong to them.  Pure, but for the loading. */
#ifndef NOTIFY_ROSTER_MONTH_H
#define NOTIFY_ROSTER_MONTH_H

#include "duty.h"

struct month { int64_t first_day, last_day; };

/* "YYYY-MM" of 2000 to 2099; fails with date_invalid at that pointer. */
int month_of_text (const char *text, const char *pointer, struct month *ret, struct error *err);

/* The interval in which every shift of the month's days lies. */
int64_t month_from (const struct month *month);
int64_t month_to (const struct month *month);

/* The spans that belong to a day of the month. */
struct duty_spans month_spans (struct arena *arena, const struct duty_spans *spans, const struct month *month);

struct roster_day_list month_days (struct arena *arena, const struct rotation_rule *rule, const struct month *month);

#endif
