/* scheme.c - see scheme.h. */
#include "scheme.h"
#include <limits.h>
#include <string.h>
#include "clock.h"
#include "words.h"

enum { DAY = 1440, EVENING = 17 * 60, MORNING = 9 * 60, WHOLE = 20 * 60, WEEK = 7, CLASSES = DAY_CLASS_LOCAL, TAGS = CONDITION_TAG_OTHER,
       TAGS_NAMED = 3 };
#define BIT(n) (1U << ((n) - 1))
#define ALL(n) ((1U << (n)) - 1)

/* What of a row nobody covers: from the first such minute of any day. */
struct hole { unsigned classes, weekdays, tags; int from, to; };

static unsigned set_of (struct enum_list list)
{
    unsigned set = 0;

    for (size_t i = 0; i < list.count; i++)
        set |= BIT (list.items[i]);
    return set;
}

static unsigned weekdays_of (const struct chain_row *row)
{
    unsigned set = 0;

    for (size_t i = 0; i < row->weekdays.count; i++)
        set |= BIT (row->weekdays.items[i]);
    return set ? set : ALL (WEEK);
}

/* On which weekdays a day of this class can fall. */
static unsigned weekdays_of_class (int class)
{
    if (class == DAY_CLASS_WEEKDAY)
        return ALL (5);
    if (class == DAY_CLASS_SATURDAY || class == DAY_CLASS_SUNDAY)
        return BIT (class == DAY_CLASS_SATURDAY ? 6 : 7);
    return ALL (WEEK);
}

/* What the day before or after is, when nothing else is known of it. */
static int class_of_weekday (int weekday)
{
    return weekday <= 5 ? DAY_CLASS_WEEKDAY : weekday == 6 ? DAY_CLASS_SATURDAY : DAY_CLASS_SUNDAY;
}

static bool holds (const struct scheme_hours *hours, int class, int weekday, int tag)
{
    return hours->days & BIT (class) && (!hours->weekdays || hours->weekdays & BIT (weekday)) && (!hours->tags || hours->tags & BIT (tag));
}

/* Minute up to which the office comes from `at` on, in minutes of this day; `at` itself: it does not, and *ret_again is when it comes
 * next. */
static int covered_until (const struct scheme_joined *part, int class, int weekday, int tag, int at, int *ret_again)
{
    int until = at;

    *ret_again = INT_MAX;
    for (int shift = -1; shift <= 1; shift++) {
        int other = (weekday + WEEK - 1 + shift) % WEEK + 1;

        for (size_t i = 0; i < part->hours_count; i++) {
            const struct scheme_hours *hours = &part->hours[i];
            int from = shift * DAY + hours->from, to = shift * DAY + hours->to;

            if (!holds (hours, shift ? class_of_weekday (other) : class, other, tag))
                continue;
            if (from <= at && to > until)
                until = to;
            if (from > at && from < *ret_again)
                *ret_again = from;
        }
    }
    return until;
}

/* The first minutes of the row that are not covered; false: all are. */
static bool first_hole (const struct scheme_joined *part, const struct chain_row *row, int class, int weekday, int tag, int *ret_from,
    int *ret_to)
{
    int at = (int) row->from_minute, to = (int) row->to_minute, next, again = INT_MAX;

    while (at < to && (next = covered_until (part, class, weekday, tag, at, &again)) > at)
        at = next;
    *ret_from = at;
    *ret_to = again < to ? again : to;
    return at < to;
}

static void widen (struct hole *hole, int class, int weekday, unsigned tags, int from, int to)
{
    hole->from = hole->classes && hole->from < from ? hole->from : from;
    hole->to = hole->classes && hole->to > to ? hole->to : to;
    hole->classes |= BIT (class);
    hole->tags |= tags;
    if (class == DAY_CLASS_WEEKDAY)
        hole->weekdays |= BIT (weekday);
}

/* always: none of the conditions the row asks for is covered then; sometimes: only these are not.  Of several holes the longest is told. */
static void find_on (const struct scheme_joined *part, const struct chain_row *row, int class, int weekday, struct hole *always,
    struct hole *sometimes)
{
    unsigned asked = set_of (row->tags) ? set_of (row->tags) : ALL (TAGS);
    struct hole longest = { 0 };

    for (int tag = 1; tag <= TAGS; tag++) {
        int from, to;

        if (!(asked & BIT (tag)) || !first_hole (part, row, class, weekday, tag, &from, &to))
            continue;
        if (to - from > longest.to - longest.from)
            longest = (struct hole) { .from = from, .to = to };
        if (from == longest.from && to == longest.to)
            longest.tags |= BIT (tag);
    }
    if (longest.tags)
        widen (longest.tags == asked ? always : sometimes, class, weekday, longest.tags, longest.from, longest.to);
}

static void find_holes (const struct scheme_joined *part, const struct chain_row *row, struct hole *always, struct hole *sometimes)
{
    unsigned classes = set_of (row->day_classes), weekdays = weekdays_of (row);

    for (int class = 1; class <= CLASSES; class++)
        for (int weekday = 1; weekday <= WEEK; weekday++)
            if (classes & BIT (class) && weekdays & weekdays_of_class (class) & BIT (weekday))
                find_on (part, row, class, weekday, always, sometimes);
}

/* ---- words ----------------------------------------------------------------------------------------------------------------------- */

static const char *join (struct arena *arena, const char *text, const char *word)
{
    return *text ? arena_print (arena, "%s・%s", text, word) : word;
}

/* "平日・土曜", or "月曜・水曜" where only these are meant. */
static const char *day_words (struct arena *arena, const struct hole *hole)
{
    static const char *const names[] = { "月曜", "火曜", "水曜", "木曜", "金曜" };
    const char *text = "";

    for (int class = 1; class <= CLASSES; class++) {
        if (!(hole->classes & BIT (class)))
            continue;
        if (class != DAY_CLASS_WEEKDAY || hole->weekdays == ALL (5)) {
            text = join (arena, text, words_of (&day_class_type, class));
            continue;
        }
        for (int day = 1; day <= 5; day++)
            if (hole->weekdays & BIT (day))
                text = join (arena, text, names[day - 1]);
    }
    return text;
}

/* A band ends at 24:00, and begins at 翌0:00. */
static const char *clock_words (struct arena *arena, int minute, bool begins)
{
    bool next = minute > DAY || (begins && minute == DAY);

    return arena_print (arena, "%s%d:%02d", next ? "翌" : "", (next ? minute - DAY : minute) / 60, minute % 60);
}

/* "夜間（18:00〜翌8:30）" */
static const char *band_words (struct arena *arena, const struct hole *hole)
{
    const char *name = "日中";

    if (hole->from >= EVENING || hole->to <= MORNING)
        name = "夜間";
    else if (hole->to - hole->from >= WHOLE)
        name = "終日";
    return arena_print (arena, "%s（%s〜%s）", name, clock_words (arena, hole->from, true), clock_words (arena, hole->to, false));
}

static const char *tag_words (struct arena *arena, unsigned tags)
{
    const char *text = "";
    int named = 0;

    for (int tag = 1; tag <= TAGS; tag++)
        if (tags & BIT (tag) && named++ < TAGS_NAMED)
            text = join (arena, text, words_of (&condition_tag_type, tag));
    return named > TAGS_NAMED ? arena_print (arena, "%sなど", text) : text;
}

static const char *date_words (struct arena *arena, int64_t day)
{
    struct tokyo date = tokyo_of (tokyo_instant (day, 0));

    return arena_print (arena, "%d年%d月%d日", date.year, date.month, date.day);
}

static const char *hole_words (struct arena *arena, const char *office, const struct chain_row *row, const struct scheme_joined *part)
{
    struct hole always = { 0 }, sometimes = { 0 };

    find_holes (part, row, &always, &sometimes);
    if (always.classes)
        return arena_print (arena, "%sは%s%sの対応を登録していません", office, day_words (arena, &always), band_words (arena, &always));
    if (!sometimes.classes)
        return NULL;
    return arena_print (arena, "%sは%s%sの「%s」の対応を登録していません", office, day_words (arena, &sometimes), band_words (arena, &sometimes),
                        tag_words (arena, sometimes.tags));
}

/* ---- parts of an office ---------------------------------------------------------------------------------------------------------- */

struct office_parts { const struct scheme_joined *now, *next, *last; };

static struct office_parts parts_of (const struct scheme_known *known, const char *office_id, int64_t today)
{
    struct office_parts ret = { 0 };

    for (size_t i = 0; i < known->count; i++) {
        const struct scheme_joined *part = &known->items[i];

        if (strcmp (part->office_id, office_id) != 0)
            continue;
        if (part->from > today)
            ret.next = !ret.next || part->from < ret.next->from ? part : ret.next;
        else if (part->until >= today)
            ret.now = part;
        else
            ret.last = !ret.last || part->until > ret.last->until ? part : ret.last;
    }
    return ret;
}

const char *scheme_warning (struct arena *arena, const struct scheme_known *known, const char *office_id, const char *office,
                            const struct chain_row *row, int64_t today)
{
    const struct office_parts parts = parts_of (known, office_id, today);

    if (parts.now)
        return hole_words (arena, office, row, parts.now);
    if (parts.next)
        return arena_print (arena, "%sの副主治医制での対応は%sからです", office, date_words (arena, parts.next->from));
    if (parts.last)
        return arena_print (arena, "%sの副主治医制での対応は%sで終わっています", office, date_words (arena, parts.last->until));
    return NULL;
}

const char *scheme_ending (struct arena *arena, const struct scheme_known *known, const char *office_id, const char *office, int64_t today)
{
    const struct office_parts parts = parts_of (known, office_id, today);

    if (!parts.now || parts.now->until - today > SCHEME_SOON_DAYS || (parts.next && parts.next->from - parts.now->until <= 1))
        return NULL;
    return arena_print (arena, "%sの副主治医制での対応は%sで終わります", office, date_words (arena, parts.now->until));
}

/* The last day of a run of parts that goes on after `end`. */
static int64_t run_after (const struct scheme_known *known, const char *office_id, int64_t end)
{
    for (size_t i = 0; i < known->count && end != INT64_MAX; i++) {
        const struct scheme_joined *part = &known->items[i];

        if (strcmp (part->office_id, office_id) == 0 && part->from <= end + 1 && part->until > end)
            return run_after (known, office_id, part->until);
    }
    return end;
}

bool scheme_lapses (const struct scheme_known *known, const char *office_id, int64_t today, struct scheme_lapse *ret)
{
    const struct office_parts parts = parts_of (known, office_id, today);
    const struct scheme_joined *begin = parts.now ? parts.now : parts.last;
    int64_t end = begin ? run_after (known, office_id, begin->until) : INT64_MAX;

    *ret = (struct scheme_lapse) { end == INT64_MAX ? end : end + 1, INT64_MAX };
    for (size_t i = 0; i < known->count; i++)
        if (strcmp (known->items[i].office_id, office_id) == 0 && known->items[i].from > end && known->items[i].from < ret->to)
            ret->to = known->items[i].from;
    return end != INT64_MAX;
}
