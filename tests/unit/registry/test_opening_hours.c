/* Opening hours: by weekday, nth week, holiday and year's end; what is not known is never open. */
#include <stdlib.h>
#include "clock.h"
#include "opening_hours.h"
#include "tap.h"

static struct error err;
static struct arena arena;

/* A clinic: Monday to Friday, no Wednesday; Saturday mornings but the 2nd and 4th; no Sundays and holidays; closed at the year's end. */
static const struct opening_slot clinic_slots[] = {
    { 1, 31, 540, 720 }, { 1, 31, 840, 1080 }, { 2, 31, 540, 720 }, { 2, 31, 840, 1080 }, { 4, 31, 540, 720 }, { 4, 31, 840, 1080 },
    { 5, 31, 540, 720 }, { 5, 31, 840, 1080 }, { 6, 1 | 4 | 16, 540, 720 },
};
static const struct opening_hours clinic = { clinic_slots, 9, 1 << 2 | 1 << 6 | 1 << 7, false, YEAR_END_CLOSED, NULL };
/* A night service that never closes; a station of which only weekdays are published. */
static const struct opening_slot night_slots[] = { { 1, 31, 1080, 1920 }, { 2, 31, 1080, 1920 }, { 3, 31, 1080, 1920 }, { 4, 31, 1080, 1920 },
    { 5, 31, 1080, 1920 }, { 6, 31, 1080, 1920 }, { 7, 31, 1080, 1920 } };
static const struct opening_hours night = { night_slots, 7, 0, true, YEAR_END_AS_USUAL, NULL };
static const struct opening_slot station_slots[] = { { 1, 31, 0, 0 }, { 2, 31, 510, 1050 } };
static const struct opening_hours station = { station_slots, 2, 1 << 6, false, 0, "お盆 8/13–8/15" };

static const char *at (const struct opening_hours *hours, const char *day, int hour, int minute)
{
    static const char *const names[] = { "unknown", "open", "closed" };

    return names[opening_at (hours, day_number_of_text (day), hour * 60 + minute)];
}

static void weekly (void)
{
    is (at (&clinic, "2026-11-24", 9, 0), "open", "A-21 a Tuesday morning: open from the first minute");
    is (at (&clinic, "2026-11-24", 12, 0), "closed", "A-21 ...to the last: at noon it is closed");
    is (at (&clinic, "2026-11-24", 14, 0), "open", "A-21 the second slot of the day");
    is (at (&clinic, "2026-11-24", 8, 59), "closed", "A-21 before it opens");
    is (at (&clinic, "2026-11-25", 10, 0), "closed", "A-21 a weekday that is closed");
    is (at (&clinic, "2026-11-22", 10, 0), "closed", "A-21 a Sunday");
    is (at (NULL, "2026-11-24", 10, 0), "unknown", "A-21 no hours at all: unknown, not open");
    is (at (&station, "2026-11-26", 10, 0), "unknown", "A-21 of a Thursday nothing is said: unknown, not closed");
    is (at (&station, "2026-11-30", 10, 0), "unknown", "A-21 open that Monday, but nobody knows when");
    is (at (&station, "2026-12-01", 10, 0), "open", "A-21 ...and on Tuesday they do");
}

static void nth_weeks (void)
{
    is (at (&clinic, "2026-11-07", 10, 0), "open", "A-21 the first Saturday of the month");
    is (at (&clinic, "2026-11-14", 10, 0), "closed", "A-21 the second is closed");
    is (at (&clinic, "2026-11-21", 10, 0), "open", "A-21 the third");
    is (at (&clinic, "2026-11-28", 10, 0), "closed", "A-21 the fourth is closed");
    is (at (&clinic, "2026-10-31", 10, 0), "open", "A-21 a fifth Saturday");
}

static void holidays (void)
{
    is (at (&clinic, "2026-11-23", 10, 0), "closed", "A-21 a holiday on a Monday (勤労感謝の日) is not a Monday");
    is (at (&station, "2026-11-03", 10, 0), "unknown", "A-21 nothing said of holidays: unknown on a Tuesday that is one");
    is (at (&night, "2026-11-03", 19, 0), "open", "A-21 where holidays are like weekdays");
    is (at (&clinic, "2026-12-29", 10, 0), "closed", "A-21 29 December, a Tuesday, closed at the year's end");
    is (at (&clinic, "2026-12-28", 10, 0), "open", "A-21 ...28 December is not");
    is (at (&clinic, "2027-01-04", 10, 0), "open", "A-21 ...nor 4 January");
    is (at (&station, "2026-12-29", 10, 0), "unknown", "A-21 nothing said of the year's end: unknown, not open");
    is (at (&station, "2026-12-29", 20, 0), "closed", "A-21 ...but closed at an hour that is closed anyway");
    is (at (&night, "2027-01-01", 19, 0), "open", "A-21 as usual on New Year's Day");
}

static void nights (void)
{
    is (at (&night, "2026-11-24", 7, 59), "open", "A-21 since yesterday evening");
    is (at (&night, "2026-11-24", 8, 0), "closed", "A-21 ...until the morning");
    is (at (&night, "2026-11-24", 23, 59), "open", "A-21 ...and again");
}

/* ---- what is refused --------------------------------------------------------------------------------------------------------------- */

static void refused (struct opening_hours hours, enum error_key key, const char *pointer, const char *name)
{
    int status;

    err = (struct error) { 0 };
    status = opening_check (&hours, "/hours", &err);
    ok (status < 0 && err.key == key && strcmp (err.fields[0].pointer, pointer) == 0, name);
}

static void one_refused (struct opening_slot slot, enum error_key key, const char *pointer, const char *name)
{
    refused ((struct opening_hours) { .slots = &slot, .count = 1 }, key, pointer, name);
}

static void refusals (void)
{
    const struct opening_slot five[] = { { 1, 31, 60, 90 }, { 1, 1, 120, 150 }, { 1, 31, 180, 210 }, { 1, 31, 240, 270 }, { 1, 1, 300, 330 } };
    const struct opening_slot over[] = { { 1, 31, 540, 720 }, { 1, 2, 700, 800 } }, untimed[] = { { 1, 31, 540, 720 }, { 1, 31, 0, 0 } };
    const struct opening_slot apart[] = { { 1, 1, 540, 720 }, { 1, 2, 540, 720 }, { 2, 31, 540, 720 } }, holiday[] = { { 8, 31, 540, 720 } };

    ok (opening_check (&clinic, "/hours", &err) == 0 && opening_check (&night, "", &err) == 0 && opening_check (&station, "", &err) == 0,
        "what clinics write is right");
    one_refused ((struct opening_slot) { 9, 31, 540, 720 }, ERROR_FIELD_UNKNOWN_CHOICE, "/hours/slots/0/day", "a ninth day");
    one_refused ((struct opening_slot) { 1, 0, 540, 720 }, ERROR_FIELD_UNKNOWN_CHOICE, "/hours/slots/0/weeks", "in no week");
    one_refused ((struct opening_slot) { 1, 32, 540, 720 }, ERROR_FIELD_UNKNOWN_CHOICE, "/hours/slots/0/weeks", "in a sixth week");
    one_refused ((struct opening_slot) { 1, 31, 720, 540 }, ERROR_PERIOD_REVERSED, "/hours/slots/0/to_minute", "an end before its beginning");
    one_refused ((struct opening_slot) { 1, 31, 1440, 1500 }, ERROR_FIELD_OUT_OF_RANGE, "/hours/slots/0/from_minute", "a beginning after midnight");
    refused ((struct opening_hours) { .slots = over, .count = 2 }, ERROR_ITEM_TWICE, "/hours/slots/1/from_minute", "two slots that overlap in a week");
    refused ((struct opening_hours) { .slots = untimed, .count = 2 }, ERROR_ITEM_TWICE, "/hours/slots/1/from_minute", "known and unknown times together");
    ok (opening_check (&(struct opening_hours) { .slots = apart, .count = 3 }, "", &err) == 0, "...the same hours in other weeks are no overlap");
    refused ((struct opening_hours) { .slots = five, .count = 5 }, ERROR_LIST_TOO_LONG, "/hours/slots/4/day", "a fifth slot in the first week");
    refused ((struct opening_hours) { .slots = apart, .count = 3, .closed = 2 }, ERROR_ITEM_TWICE, "/hours/slots/2/day", "a closed day with hours");
    refused ((struct opening_hours) { .slots = holiday, .count = 1, .holidays_as_weekdays = true }, ERROR_ITEM_TWICE, "/hours/slots/0/day",
             "holidays like weekdays and with own hours");
    refused ((struct opening_hours) { .closed = 1 << 7, .holidays_as_weekdays = true }, ERROR_ITEM_TWICE, "/hours/closed", "...or closed");
    refused ((struct opening_hours) { .closed = 1 << 8 }, ERROR_FIELD_UNKNOWN_CHOICE, "/hours/closed", "a ninth day closed");
    refused ((struct opening_hours) { .slots = clinic_slots, .count = 65 }, ERROR_LIST_TOO_LONG, "/hours/slots", "more than 64");
}

/* ---- in words ---------------------------------------------------------------------------------------------------------------------- */

static void words (void)
{
    const struct opening_slot odd[] = { { 1, 31, 0, 1440 }, { 3, 3, 540, 720 }, { 3, 3, 780, 900 }, { 3, 28, 600, 660 } };
    const struct opening_hours mixed = { odd, 4, 0, false, 0, NULL }, none = { 0 };
    const char long_words[] = "お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆"
                              "お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆お盆";
    const struct opening_hours much = { .closed_words = long_words };

    is (opening_words (&clinic, &arena),
        "月・火・木・金 9:00–12:00・14:00–18:00、土 9:00–12:00（第2・第4休）、水・日・祝 休み、12/29〜1/3 休み", "A-04 as a clinic writes it on its door");
    is (opening_words (&night, &arena), "月〜日 18:00–翌8:00、祝日も同じ、年末年始も同じ", "A-04 over midnight");
    is (opening_words (&station, &arena), "月 時間不明、火 8:30–17:30、日 休み、ほかの休み：お盆 8/13–8/15", "A-04 what is not known is said");
    is (opening_words (&mixed, &arena), "月 24時間、水 9:00–12:00・13:00–15:00（第1・第2）・10:00–11:00（第1・第2休）", "A-04 weeks stand behind their hours");
    is (opening_words (&none, &arena), "", "nothing said, nothing written");
    ok (strlen (opening_words (&much, &arena)) <= 400, "never longer than an item may be");
}

/* ---- the same in a database ---------------------------------------------------------------------------------------------------------- */

/* What a query does with pieces and what is said. */
static bool matches (const int64_t *piece, struct opening_day on, int minute)
{
    return piece[0] == on.kind && piece[1] == opening_part_of (minute) && piece[2] & on.week && piece[3] <= minute && minute < piece[4]
        && !(on.year_end && piece[6] == YEAR_END_CLOSED);
}

static enum opening as_found (const struct opening_hours *hours, int64_t day, int minute)
{
    struct i64_list pieces = opening_pieces (hours, &arena);
    struct opening_day on = opening_day_of (day), before = opening_day_of (day - 1);
    bool any = false;

    for (size_t i = 0; i < pieces.count; i += OPENING_PIECE_NUMBERS) {
        const int64_t *piece = pieces.items + i;
        bool today = matches (piece, on, minute), since = matches (piece, before, minute + 1440);

        if (piece[5] && ((today && (!on.year_end || piece[6] == YEAR_END_AS_USUAL))
                         || (since && (!before.year_end || piece[6] == YEAR_END_AS_USUAL))))
            return OPENING_OPEN;
        any |= today;
    }
    return !any && opening_said (hours) >> (on.kind - 1 + (on.year_end ? 14 : 0)) & 1 ? OPENING_CLOSED : OPENING_UNKNOWN;
}

static struct opening_hours drawn (struct opening_slot *slots)
{
    struct opening_hours hours = { slots, 0, rand () & 255 & rand () & rand (), rand () % 3 == 0, (enum year_end) (rand () % 3), NULL };

    for (int tries = 0; tries < 12; tries++) {
        int from = rand () % 1440;

        slots[hours.count++] = rand () % 5 == 0 ? (struct opening_slot) { 1 + rand () % 8, 1 + rand () % 31, 0, 0 }
            : (struct opening_slot) { 1 + rand () % 8, 1 + rand () % 31, from, from + 1 + rand () % 900 };
        if (opening_check (&hours, "", &err) < 0)
            hours.count--;
    }
    if (opening_check (&hours, "", &err) < 0)
        hours.closed = 0;
    return hours;
}

static void same_found (void)
{
    int differ = 0, seen[3] = { 0 };
    int64_t first = day_number_of_text ("2026-10-01");

    srand (20261123);
    for (int round = 0; round < 60; round++) {
        struct opening_slot slots[16];
        struct opening_hours hours = drawn (slots);

        for (int turn = 0; turn < 300; turn++) {
            int64_t day = first + rand () % 120;
            int minute = rand () % 1440;
            enum opening found = opening_at (&hours, day, minute);

            seen[found]++;
            differ += found != as_found (&hours, day, minute);
        }
        arena_reset (&arena);
    }
    ok (seen[0] > 500 && seen[1] > 500 && seen[2] > 500, "drawn hours are open, closed and unknown");
    is_number (differ, 0, "A-21 what a query finds by the pieces is what the rule says, on 18,000 drawn minutes over two year's ends");
}

int main (void)
{
    weekly ();
    nth_weeks ();
    holidays ();
    nights ();
    refusals ();
    words ();
    same_found ();
    arena_done (&arena);
    return done ();
}
