/* roster_month.c - see roster_month.h. */
#include "roster_month.h"
#include <stdio.h>
#include "clock.h"

enum { FIRST_YEAR = 2000, LAST_YEAR = 2099, MONTH_MOST = 31, BAND_MOST_DAYS = 2 };

int month_of_text (const char *text, const char *pointer, struct month *ret, struct error *err)
{
    char date[11];

    snprintf (date, sizeof date, "%.7s-01", text);
    ret->first_day = day_number_of_text (date);
    if (strlen (text) != 7 || ret->first_day == INT64_MIN || ret->first_day < day_number_of (FIRST_YEAR, 1, 1)
        || ret->first_day > day_number_of (LAST_YEAR, 12, 1))
        return fail (err, ERROR_DATE_INVALID, pointer, "not a month");
    {
        struct tokyo next = tokyo_of (tokyo_instant (ret->first_day + MONTH_MOST, 0));

        ret->last_day = day_number_of (next.year, next.month, 1) - 1;
    }
    return 0;
}

int64_t month_from (const struct month *month)
{
    return tokyo_instant (month->first_day, 0);
}

int64_t month_to (const struct month *month)
{
    return tokyo_instant (month->last_day + BAND_MOST_DAYS, 0);
}

struct duty_spans month_spans (struct arena *arena, const struct duty_spans *spans, const struct month *month)
{
    struct duty_spans own = { .items = arena_alloc (arena, (spans->count + 1) * sizeof *own.items) };

    for (size_t i = 0; i < spans->count; i++)
        if (month->first_day <= spans->items[i].day && spans->items[i].day <= month->last_day)
            own.items[own.count++] = spans->items[i];
    return own;
}

/* The rule that holds on a day. */
static const struct rotation_rule *rule_of_day (const struct rotation_rule *rule, int64_t day)
{
    while (rule->before && tokyo_instant (day, rule->from_minute) < rule->since)
        rule = rule->before;
    return rule;
}

struct roster_day_list month_days (struct arena *arena, const struct rotation_rule *rule, const struct month *month)
{
    struct roster_day *days = arena_alloc (arena, MONTH_MOST * sizeof *days);
    struct roster_day_list list = { .items = days };

    for (int64_t day = month->first_day; day <= month->last_day; day++) {
        const struct closure *closure = calendar_closure (&rule->closures, rule->area, NULL, day);
        char *date = arena_alloc (arena, 11);

        day_number_text (day, date);
        days[list.count++] = (struct roster_day) { .day = date, .weekday = calendar_weekday (day),
            .class = calendar_class_at (&rule->closures, rule->area, NULL, day), .name = closure ? closure->name : NULL,
            .covered = day >= rule_of_day (rule, day)->anchor && rotation_covers (rule_of_day (rule, day), day) };
    }
    return list;
}
