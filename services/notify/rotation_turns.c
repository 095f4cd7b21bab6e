/* rotation_turns.c - see rotation_turns.h. */
#include "rotation_turns.h"
#include <string.h>
#include "clock.h"

enum { WEEK_DAYS = 7, LAST_WEEK = 5, YEAR_MONTHS = 12 };

/* ---- coverage ----------------------------------------------------------------------------------------------------------------------- */

static int days_of_month (int year, int month)
{
    int64_t next = month == YEAR_MONTHS ? day_number_of (year + 1, 1, 1) : day_number_of (year, month + 1, 1);

    return (int) (next - day_number_of (year, month, 1));
}

static bool in_weeks (unsigned weeks, int64_t day)
{
    struct tokyo date = tokyo_of (tokyo_instant (day, 0));
    int nth = (date.day + WEEK_DAYS - 1) / WEEK_DAYS;

    return (nth < LAST_WEEK && (weeks >> (nth - 1) & 1))
        || ((weeks >> (LAST_WEEK - 1) & 1) && date.day + WEEK_DAYS > days_of_month (date.year, date.month));
}

bool rotation_covers (const struct rotation_rule *rule, int64_t day)
{
    if (rule->weekdays && !(rule->weekdays >> (calendar_weekday (day) - 1) & 1))
        return false;
    if (rule->weeks && !in_weeks (rule->weeks, day))
        return false;
    return calendar_in (rule->day_classes, calendar_class_at (&rule->closures, rule->area, NULL, day));
}

/* ---- turns by the clock ------------------------------------------------------------------------------------------------------------- */

/* The month that lies so many months after the anchor's: its day for the handover. */
static int64_t month_turn_day (const struct rotation_rule *rule, int64_t months)
{
    struct tokyo anchor = tokyo_of (tokyo_instant (rule->anchor, 0));
    int64_t month_index = (int64_t) anchor.year * YEAR_MONTHS + anchor.month - 1 + months;
    int year = (int) (month_index / YEAR_MONTHS), month = (int) (month_index % YEAR_MONTHS) + 1, last = days_of_month (year, month);
    int64_t first = day_number_of (year, month, 1);
    int nth = (anchor.day + WEEK_DAYS - 1) / WEEK_DAYS;
    int64_t day;

    if (rule->kind == ROTATION_KIND_MONTHLY)
        return first + (anchor.day < last ? anchor.day : last) - 1;
    day = first + (anchor.weekday - calendar_weekday (first) + WEEK_DAYS) % WEEK_DAYS + (int64_t) WEEK_DAYS * (nth - 1);
    return day < first + last ? day : day - WEEK_DAYS;
}

static bool is_by_month (const struct rotation_rule *rule)
{
    return rule->kind == ROTATION_KIND_MONTHLY || rule->kind == ROTATION_KIND_NTH_WEEKDAY;
}

/* The fifth means the last: counted from the anchor's fourth, the handover of a month without a fifth is its fourth. */
int64_t turn_day (const struct rotation_rule *rule, int64_t turn)
{
    if (is_by_month (rule))
        return month_turn_day (rule, turn);
    return rule->anchor + turn * (rule->kind == ROTATION_KIND_WEEKLY ? WEEK_DAYS : 1);
}

int64_t turn_of_day (const struct rotation_rule *rule, int64_t day)
{
    int64_t turn;

    if (!is_by_month (rule))
        return (day - rule->anchor) / (rule->kind == ROTATION_KIND_WEEKLY ? WEEK_DAYS : 1);
    {
        struct tokyo anchor = tokyo_of (tokyo_instant (rule->anchor, 0)), date = tokyo_of (tokyo_instant (day, 0));

        turn = (int64_t) (date.year - anchor.year) * YEAR_MONTHS + date.month - anchor.month;
    }
    return turn_day (rule, turn) <= day ? turn : turn - 1;
}

int64_t turn_start (const struct rotation_rule *rule, int64_t turn)
{
    return tokyo_instant (turn_day (rule, turn), rule->handoff_minute);
}

int64_t turn_of_instant (const struct rotation_rule *rule, int64_t instant)
{
    int64_t turn = turn_of_day (rule, tokyo_of (instant).day_number);

    return turn_start (rule, turn) <= instant ? turn : turn - 1;
}

/* ---- turns by covered days ---------------------------------------------------------------------------------------------------------- */

/* Turns that have passed before this day, counting only days (weeks, months) that hold a covered one. */
static int64_t turns_before (const struct rotation_rule *rule, int64_t to_day)
{
    int64_t turns = 0, last = -1;

    for (int64_t day = rule->anchor; day < to_day; day++) {
        int64_t turn = turn_of_day (rule, day);

        if (turn == last || !rotation_covers (rule, day))
            continue;
        last = turn;
        turns++;
    }
    return turns;
}

int64_t turn_when_active (const struct rotation_rule *rule, int64_t day)
{
    return turns_before (rule, turn_day (rule, turn_of_day (rule, day)));
}

/* ---- a new list of members ---------------------------------------------------------------------------------------------------------- */

static int index_of (const char *const *members, size_t count, const char *person_id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (members[i], person_id) == 0)
            return (int) i;
    return -1;
}

/* Who comes next in the new list behind the member with this index of the old one. */
static int next_in (const struct rotation_rule *rule, int64_t member, const char *const *members, size_t count)
{
    int kept = index_of (members, count, rule->members[member]);

    if (kept >= 0)
        return (int) ((size_t) (kept + 1) % count);
    for (size_t i = 1; i < rule->member_count; i++) {
        int found = index_of (members, count, rule->members[(size_t) (member + (int64_t) i) % rule->member_count]);

        if (found >= 0)
            return found;
    }
    return 0;
}

static int offset_of (const struct rotation_rule *rule, int64_t turn, const char *const *members, size_t count)
{
    int64_t now = (turn + rule->offset) % (int64_t) rule->member_count;
    int64_t offset = (next_in (rule, now, members, count) - (turn + 1)) % (int64_t) count;

    return (int) (offset < 0 ? offset + (int64_t) count : offset);
}

/* The turns by covered days that have begun by now; from the day after which a new one may begin. */
static int64_t begun_when_active (const struct rotation_rule *rule, int64_t now, int64_t *ret_next_day)
{
    struct tokyo today = tokyo_of (now);
    int64_t day = today.day_number - (today.minute < rule->from_minute);

    *ret_next_day = day < rule->anchor ? rule->anchor : turn_day (rule, turn_of_day (rule, day) + 1);
    return turns_before (rule, *ret_next_day);
}

void rotation_follow (const struct rotation_rule *rule, const char *const *members, size_t count, int64_t now, int64_t *ret_since,
                      int *ret_offset)
{
    int64_t turn, next_day;

    *ret_since = 0;
    *ret_offset = 0;
    if (rule->member_count == 0 || count == 0 || now < tokyo_instant (rule->anchor, 0))
        return;
    if (rule->advance == ROTATION_ADVANCE_EVERY_HANDOFF) {
        turn = turn_of_instant (rule, now);
        *ret_since = turn < 0 ? 0 : turn_start (rule, turn + 1);
    } else {
        turn = begun_when_active (rule, now, &next_day) - 1;
        *ret_since = turn < 0 ? 0 : tokyo_instant (next_day, rule->from_minute);
    }
    if (turn >= 0)
        *ret_offset = offset_of (rule, turn, members, count);
}
