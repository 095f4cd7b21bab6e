/* office_phones.c - see office_phones.h. */
#include "office_phones.h"
#include <stdlib.h>
#include <string.h>
#include "bits.h"
#include "clock.h"
#include "text.h"

enum { BAND_DAYS = 2, NUMBERS_A_BAND = 3 };

static bool is_of (const struct phone_line *line, const char *office_id)
{
    return !office_id || (line->office_id && strcmp (line->office_id, office_id) == 0);
}

static bool band_begins (const struct phone_line *line, const struct phone_band *band, const struct phone_calendar *calendar, int64_t day)
{
    return calendar_in (band->classes, calendar_class_at (calendar->closures, calendar->area, line->office_id, day));
}

/* Answered at the instant, and until when without a break of this band; 0: not. */
static int64_t answered_until (const struct phone_line *line, const struct phone_calendar *calendar, int64_t instant)
{
    int64_t today = tokyo_of (instant).day_number, until = 0;

    if (line->band_count == 0)
        return INT64_MAX;
    for (size_t i = 0; i < line->band_count; i++)
        for (int64_t day = today - BAND_DAYS; day <= today; day++) {
            int64_t end = tokyo_instant (day, line->bands[i].to);

            if (end > instant && end > until && tokyo_instant (day, line->bands[i].from) <= instant
                && band_begins (line, &line->bands[i], calendar, day))
                until = end;
        }
    return until;
}

const struct phone_line *phone_at (const struct phone_lines *lines, const struct phone_calendar *calendar, const char *office_id,
                                   int64_t instant)
{
    for (size_t i = 0; i < lines->count; i++)
        if (is_of (&lines->items[i], office_id) && answered_until (&lines->items[i], calendar, instant))
            return &lines->items[i];
    return NULL;
}

static int64_t any_until (const struct phone_lines *lines, const struct phone_calendar *calendar, int64_t instant)
{
    int64_t until = 0;

    for (size_t i = 0; i < lines->count; i++) {
        int64_t one = answered_until (&lines->items[i], calendar, instant);

        until = one > until ? one : until;
    }
    return until;
}

/* The first beginning of a band after the instant and before `to`; `to`: none. */
static int64_t next_begin (const struct phone_lines *lines, const struct phone_calendar *calendar, int64_t instant, int64_t to)
{
    int64_t last = tokyo_of (to).day_number, found = to;

    for (int64_t day = tokyo_of (instant).day_number; day <= last && found == to; day++)
        for (size_t i = 0; i < lines->count; i++)
            for (size_t j = 0; j < lines->items[i].band_count; j++) {
                int64_t begin = tokyo_instant (day, lines->items[i].bands[j].from);

                if (begin > instant && begin < found && band_begins (&lines->items[i], &lines->items[i].bands[j], calendar, day))
                    found = begin;
            }
    return found;
}

bool phone_next_open (const struct phone_lines *lines, const struct phone_calendar *calendar, int64_t from, int64_t to, int64_t *ret_from,
                      int64_t *ret_to)
{
    int64_t begin = any_until (lines, calendar, from) ? from : next_begin (lines, calendar, from, to), end = begin, until;

    if (begin >= to)
        return false;
    while (end < to && (until = any_until (lines, calendar, end)) > end)
        end = until;
    *ret_from = begin;
    *ret_to = end < to ? end : to;
    return true;
}

bool phone_next_silent (const struct phone_lines *lines, const struct phone_calendar *calendar, int64_t from, int64_t to,
                        int64_t *ret_from, int64_t *ret_to)
{
    int64_t begin, end;

    if (from < to && phone_next_open (lines, calendar, from, to, &begin, &end) && begin == from)
        from = end;
    if (from >= to)
        return false;
    *ret_from = from;
    *ret_to = phone_next_open (lines, calendar, from, to, &begin, &end) ? begin : to;
    return true;
}

/* ---- as kept ------------------------------------------------------------------------------------------------------------------------ */

static bool read_line (struct arena *arena, const char *text, struct phone_line *ret)
{
    char *rest = arena_text (arena, text), *number, *word;
    int64_t *values = arena_alloc (arena, (strlen (text) + 1) * sizeof *values);
    struct phone_band *bands;
    size_t count = 0;

    ret->office_id = strsep (&rest, " ");
    ret->number = number = strsep (&rest, " ");
    while ((word = strsep (&rest, " ")))
        values[count++] = strtoll (word, NULL, 10);
    if (!number || !*number || count % NUMBERS_A_BAND != 0)
        return false;
    ret->band_count = count / NUMBERS_A_BAND;
    ret->bands = bands = arena_alloc (arena, (ret->band_count + 1) * sizeof *bands);
    for (size_t i = 0; i < ret->band_count; i++, values += NUMBERS_A_BAND)
        bands[i] = (struct phone_band) { (unsigned) values[0], (int) values[1], (int) values[2] };
    return true;
}

struct phone_lines phone_read (struct arena *arena, struct text_list lines)
{
    struct phone_line *items = arena_alloc (arena, (lines.count + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < lines.count; i++)
        count += read_line (arena, lines.items[i], &items[count]);
    return (struct phone_lines) { items, count };
}

struct i64_list phone_numbers_of (struct arena *arena, struct phone_hours_list hours)
{
    int64_t *numbers = arena_alloc (arena, (NUMBERS_A_BAND * hours.count + 1) * sizeof *numbers);

    for (size_t i = 0; i < hours.count; i++) {
        numbers[NUMBERS_A_BAND * i] = (int64_t) bits_of_enums (hours.items[i].day_classes);
        numbers[NUMBERS_A_BAND * i + 1] = hours.items[i].from_minute;
        numbers[NUMBERS_A_BAND * i + 2] = hours.items[i].to_minute;
    }
    return (struct i64_list) { .items = numbers, .count = NUMBERS_A_BAND * hours.count };
}

struct phone_hours_list phone_hours_of (struct arena *arena, const struct phone_line *line)
{
    struct phone_hours *items = arena_alloc (arena, (line->band_count + 1) * sizeof *items);

    for (size_t i = 0; i < line->band_count; i++)
        items[i] = (struct phone_hours) { .day_classes = enums_of_bits (arena, line->bands[i].classes), .from_minute = line->bands[i].from,
                                          .to_minute = line->bands[i].to };
    return (struct phone_hours_list) { items, line->band_count };
}

/* ---- as wanted ---------------------------------------------------------------------------------------------------------------------- */

static int band_check (const struct phone_hours *hours, const char *pointer, struct arena *arena, struct error *err)
{
    if (hours->day_classes.count == 0)
        return fail (err, ERROR_FIELD_MISSING, arena_print (arena, "%s/day_classes", pointer), "hours of no day");
    return calendar_band_check (hours->from_minute, hours->to_minute, arena_print (arena, "%s/from_minute", pointer),
                                arena_print (arena, "%s/to_minute", pointer), err);
}

int hours_check (struct phone_hours_list hours, const char *pointer, struct arena *arena, struct error *err)
{
    for (size_t i = 0; i < hours.count; i++)
        if (band_check (&hours.items[i], arena_print (arena, "%s/hours/%zu", pointer, i), arena, err) < 0)
            return -1;
    return 0;
}

static int phone_check (const struct office_phone *phone, const char *pointer, struct arena *arena, const char **ret_number,
                        struct error *err)
{
    bool doubtful;

    if (!*text_trim (arena, phone->name))
        return fail (err, ERROR_TEXT_EMPTY, arena_print (arena, "%s/name", pointer), "a telephone without a name");
    *ret_number = text_phone (arena, phone->number, &doubtful);
    if (!*ret_number || doubtful || strchr (*ret_number, ' '))
        return fail (err, ERROR_PHONE_INVALID, arena_print (arena, "%s/number", pointer), "no telephone number");
    return hours_check (phone->hours, pointer, arena, err);
}

int phones_check (const struct office_phones_put *put, struct arena *arena, const char ***ret_numbers, struct error *err)
{
    const char **numbers = arena_alloc (arena, (put->phones.count + 1) * sizeof *numbers);

    for (size_t i = 0; i < put->phones.count; i++) {
        const char *pointer = arena_print (arena, "/phones/%zu", i);

        if (phone_check (&put->phones.items[i], pointer, arena, &numbers[i], err) < 0)
            return -1;
        for (size_t j = 0; j < i; j++)
            if (strcmp (numbers[i], numbers[j]) == 0)
                return fail (err, ERROR_ALREADY_THERE, arena_print (arena, "%s/number", pointer), "a number twice");
    }
    *ret_numbers = numbers;
    return 0;
}
