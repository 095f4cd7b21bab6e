/* opening_hours.c - see opening_hours.h. */
#include "opening_hours.h"

#include "calendar.h"
#include "clock.h"
#include "text.h"
#include "text_same.h"

enum { DAY_MINUTES = 1440, WORDS_MOST = 400, PARTS = 5, KINDS = 14 };

/* ---- which day is it ------------------------------------------------------------------------------------------------------------- */

struct opening_day opening_day_of (int64_t day_number)
{
    struct tokyo day = tokyo_of (tokyo_instant (day_number, 0));

    return (struct opening_day) { .kind = day.weekday + (calendar_is_national (day_number) ? 7 : 0), .week = 1 << (day.day - 1) / 7,
                                  .year_end = (day.month == 12 && day.day >= 29) || (day.month == 1 && day.day <= 3) };
}

/* Whose slots count on such a day: 1 … 8. */
static int day_of_kind (const struct opening_hours *hours, int kind)
{
    if (kind <= 7)
        return kind;
    return hours->holidays_as_weekdays ? kind - 7 : OPENING_HOLIDAY;
}

static bool is_said (const struct opening_hours *hours, int day)
{
    if (hours->closed >> (day - 1) & 1)
        return true;
    for (size_t i = 0; i < hours->count; i++)
        if (hours->slots[i].day == day)
            return true;
    return false;
}

/* ---- is it open ------------------------------------------------------------------------------------------------------------------ */

/* What the slots of that day say; the minute may be one of the following night. */
static enum opening by_slots (const struct opening_hours *hours, const struct opening_day *on, int minute)
{
    int day = day_of_kind (hours, on->kind);
    enum opening found = is_said (hours, day) ? OPENING_CLOSED : OPENING_UNKNOWN;

    for (size_t i = 0; i < hours->count; i++) {
        const struct opening_slot *slot = &hours->slots[i];

        if (slot->day != day || !(slot->weeks & on->week))
            continue;
        if (slot->from <= minute && minute < slot->to)
            return OPENING_OPEN;
        if (slot->to == 0)
            found = OPENING_UNKNOWN;
    }
    return found;
}

static enum opening on_day (const struct opening_hours *hours, int64_t day_number, int minute)
{
    struct opening_day on = opening_day_of (day_number);
    enum opening found;

    if (on.year_end && hours->year_end == YEAR_END_CLOSED)
        return OPENING_CLOSED;
    found = by_slots (hours, &on, minute);
    return on.year_end && hours->year_end == 0 && found == OPENING_OPEN ? OPENING_UNKNOWN : found;
}

enum opening opening_at (const struct opening_hours *hours, int64_t day_number, int minute)
{
    if (!hours)
        return OPENING_UNKNOWN;
    if (on_day (hours, day_number - 1, minute + DAY_MINUTES) == OPENING_OPEN)
        return OPENING_OPEN;            /* since yesterday evening */
    return on_day (hours, day_number, minute);
}

/* ---- is it right ----------------------------------------------------------------------------------------------------------------- */

static int wrong (struct error *err, enum error_key key, const char *pointer, size_t at, const char *field, const char *why)
{
    char full[120];

    snprintf (full, sizeof full, "%s/slots/%zu/%s", pointer, at, field);
    return fail (err, key, full, "%s", why);
}

static int check_band (const struct opening_slot *slot, const char *pointer, size_t at, struct error *err)
{
    char from[120], to[120];

    if (slot->from == 0 && slot->to == 0)
        return 0;
    snprintf (from, sizeof from, "%s/slots/%zu/from_minute", pointer, at);
    snprintf (to, sizeof to, "%s/slots/%zu/to_minute", pointer, at);
    return calendar_band_check (slot->from, slot->to, from, to, err);
}

/* Two slots of the same day and a same week that share a minute; without times it shares all. */
static bool overlap (const struct opening_slot *a, const struct opening_slot *b)
{
    if (a->day != b->day || !(a->weeks & b->weeks))
        return false;
    return a->to == 0 || b->to == 0 || (a->from < b->to && b->from < a->to);
}

static int check_slot (const struct opening_hours *hours, const char *pointer, size_t at, struct error *err)
{
    const struct opening_slot *slot = &hours->slots[at];
    int in_week[5] = { 0 };

    if (slot->day < 1 || slot->day > OPENING_DAYS)
        return wrong (err, ERROR_FIELD_UNKNOWN_CHOICE, pointer, at, "day", "no day");
    if (slot->weeks < 1 || slot->weeks > OPENING_EVERY_WEEK)
        return wrong (err, ERROR_FIELD_UNKNOWN_CHOICE, pointer, at, "weeks", "no week of a month");
    if (hours->closed >> (slot->day - 1) & 1 || (slot->day == OPENING_HOLIDAY && hours->holidays_as_weekdays))
        return wrong (err, ERROR_ITEM_TWICE, pointer, at, "day", "open and closed, or like a weekday and not");
    if (check_band (slot, pointer, at, err) < 0)
        return -1;
    for (size_t i = 0; i < at; i++) {
        if (overlap (&hours->slots[i], slot))
            return wrong (err, ERROR_ITEM_TWICE, pointer, at, "from_minute", "overlaps another");
        for (int week = 0; week < 5; week++)
            in_week[week] += hours->slots[i].day == slot->day && (hours->slots[i].weeks & slot->weeks) >> week & 1;
    }
    for (int week = 0; week < 5; week++)
        if (in_week[week] >= OPENING_SLOTS_A_DAY)
            return wrong (err, ERROR_LIST_TOO_LONG, pointer, at, "day", "more than four on a day");
    return 0;
}

int opening_check (const struct opening_hours *hours, const char *pointer, struct error *err)
{
    char full[120];

    snprintf (full, sizeof full, "%s/closed", pointer);
    if (hours->closed < 0 || hours->closed >> OPENING_DAYS)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, full, "no day");
    if (hours->holidays_as_weekdays && hours->closed >> (OPENING_HOLIDAY - 1) & 1)
        return fail (err, ERROR_ITEM_TWICE, full, "holidays are closed and like weekdays");
    if (hours->count > OPENING_SLOTS_MOST) {
        snprintf (full, sizeof full, "%s/slots", pointer);
        fail (err, ERROR_LIST_TOO_LONG, full, "more than %d", OPENING_SLOTS_MOST);
        return fail_param (err, "most", "%d", OPENING_SLOTS_MOST);
    }
    for (size_t i = 0; i < hours->count; i++)
        if (check_slot (hours, pointer, i, err) < 0)
            return -1;
    return 0;
}

/* ---- in words -------------------------------------------------------------------------------------------------------------------- */

static const char *day_word (int day)
{
    return day == OPENING_HOLIDAY ? "祝" : calendar_weekday_ja (day);
}

/* 「月〜金」, 「月・水・金」; of three or more in a row the first and the last. */
static const char *days_words (int days, struct arena *arena)
{
    const char *words = "";

    for (int day = 1; day <= OPENING_DAYS; day++) {
        int last = day;

        if (!(days >> (day - 1) & 1))
            continue;
        while (last < 7 && days >> last & 1)
            last++;
        if (day == OPENING_HOLIDAY || last - day < 2)
            last = day;
        words = arena_print (arena, last == day ? "%s%s%s" : "%s%s%s〜%s", words, *words ? "・" : "", day_word (day), day_word (last));
        day = last;
    }
    return words;
}

static const char *week_words (int weeks, struct arena *arena)
{
    const char *words = "";

    for (int week = 1; week <= 5; week++)
        if (weeks >> (week - 1) & 1)
            words = arena_print (arena, "%s%s第%d", words, *words ? "・" : "", week);
    return words;
}

/* 「（第1・第3）」, or by what is missing: 「（第2・第4休）」; "" for every week. */
static const char *weeks_words (int weeks, struct arena *arena)
{
    if (weeks == OPENING_EVERY_WEEK)
        return "";
    if (__builtin_popcount ((unsigned) weeks) >= 3)
        return arena_print (arena, "（%s休）", week_words (OPENING_EVERY_WEEK & ~weeks, arena));
    return arena_print (arena, "（%s）", week_words (weeks, arena));
}

static const char *band_words (const struct opening_slot *slot, struct arena *arena)
{
    int to = slot->to > DAY_MINUTES ? slot->to - DAY_MINUTES : slot->to;

    if (slot->to == 0)
        return "時間不明";
    if (slot->from == 0 && slot->to == DAY_MINUTES)
        return "24時間";
    return arena_print (arena, "%d:%02d–%s%d:%02d", slot->from / 60, slot->from % 60, slot->to > DAY_MINUTES ? "翌" : "", to / 60, to % 60);
}

/* What is said of one day; weeks once behind all slots they belong to.  NULL: nothing. */
static const char *day_said (const struct opening_hours *hours, int day, struct arena *arena)
{
    const struct opening_slot *before = NULL;
    const char *words = "";

    if (hours->closed >> (day - 1) & 1)
        return "休み";
    for (size_t i = 0; i < hours->count; i++) {
        const struct opening_slot *slot = &hours->slots[i];

        if (slot->day != day)
            continue;
        if (before && before->weeks != slot->weeks)
            words = arena_print (arena, "%s%s", words, weeks_words (before->weeks, arena));
        words = arena_print (arena, "%s%s%s", words, before ? "・" : "", band_words (slot, arena));
        before = slot;
    }
    return before ? arena_print (arena, "%s%s", words, weeks_words (before->weeks, arena)) : NULL;
}

static const char *joined (struct arena *arena, const char *words, const char *more)
{
    return arena_print (arena, "%s%s%s", words, *words ? "、" : "", more);
}

/* Days of which the same is said stand together; closed ones last. */
static const char *week_said (const struct opening_hours *hours, bool closed, struct arena *arena)
{
    const char *said[OPENING_DAYS + 1], *words = "";
    int told = 0;

    for (int day = 1; day <= OPENING_DAYS; day++)
        said[day] = day_said (hours, day, arena);
    for (int day = 1; day <= OPENING_DAYS; day++) {
        int days = 0;

        if (!said[day] || told >> day & 1 || (hours->closed >> (day - 1) & 1) != closed)
            continue;
        for (int other = day; other <= OPENING_DAYS; other++)
            if (said[other] && strcmp (said[day], said[other]) == 0) {
                days |= 1 << (other - 1);
                told |= 1 << other;
            }
        words = joined (arena, words, arena_print (arena, "%s %s", days_words (days, arena), said[day]));
    }
    return words;
}

char *opening_words (const struct opening_hours *hours, struct arena *arena)
{
    const char *words = week_said (hours, false, arena), *closed = week_said (hours, true, arena);

    if (hours->holidays_as_weekdays)
        words = joined (arena, words, "祝日も同じ");
    if (*closed)
        words = joined (arena, words, closed);
    if (hours->year_end)
        words = joined (arena, words, hours->year_end == YEAR_END_CLOSED ? "12/29〜1/3 休み" : "年末年始も同じ");
    if (text_given (hours->closed_words))
        words = joined (arena, words, arena_print (arena, "ほかの休み：%s", hours->closed_words));
    return text_cut (arena, words, WORDS_MOST);
}

/* ---- for a database -------------------------------------------------------------------------------------------------------------- */

static const int part_ends[PARTS] = { 480, 780, 1080, DAY_MINUTES, 2 * DAY_MINUTES };

int opening_part_of (int minute)
{
    int part = 0;

    while (part < PARTS - 1 && minute >= part_ends[part])
        part++;
    return part + 1;
}

static void add_piece (struct i64_list *list, int64_t *items, const int numbers[OPENING_PIECE_NUMBERS])
{
    for (int i = 0; i < OPENING_PIECE_NUMBERS; i++)
        items[list->count++] = numbers[i];
}

static void cut_slot (struct i64_list *list, int64_t *items, const struct opening_hours *hours, const struct opening_slot *slot, int kind)
{
    int to = slot->to ? slot->to : DAY_MINUTES;

    for (int part = 0, from = 0; part < PARTS; from = part_ends[part++]) {
        int begins = slot->from > from ? slot->from : from, ends = to < part_ends[part] ? to : part_ends[part];

        if (begins < ends)
            add_piece (list, items, (int[]) { kind, part + 1, slot->weeks, begins, ends, slot->to != 0, (int) hours->year_end });
    }
}

struct i64_list opening_pieces (const struct opening_hours *hours, struct arena *arena)
{
    int64_t *items = arena_alloc (arena, (hours->count * KINDS * PARTS * OPENING_PIECE_NUMBERS + 1) * sizeof *items);
    struct i64_list list = { items, 0 };

    for (int kind = 1; kind <= KINDS; kind++)
        for (size_t i = 0; i < hours->count; i++)
            if (hours->slots[i].day == day_of_kind (hours, kind))
                cut_slot (&list, items, hours, &hours->slots[i], kind);
    return list;
}

int64_t opening_said (const struct opening_hours *hours)
{
    int64_t said = 0;

    for (int kind = 1; kind <= KINDS; kind++) {
        if (is_said (hours, day_of_kind (hours, kind)))
            said |= INT64_C (1) << (kind - 1) | INT64_C (1) << (kind - 1 + KINDS);
        if (hours->year_end == YEAR_END_CLOSED)
            said |= INT64_C (1) << (kind - 1 + KINDS);
    }
    return said;
}
