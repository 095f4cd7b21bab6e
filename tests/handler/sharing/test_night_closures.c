/* U-33: what is entrusted for holidays holds on the local closures that notify tells of: from when a closure is heard, also in the middle of the
 * day, until it is taken back; whose closures count; what comes twice, late, or out of a snapshot. */
#include "calendar.h"
#include "region.h"

#define ENTRUST(n) region_id ('e', n)
#define CLOSURE(n) region_id ('k', n)
#define SOMEBODY PATIENT (1)

enum { H = 60 };

static const struct harness_actor successor = { .person = PERSON ("09"), .office = OFFICE ("08"), .municipality = TOWN_A,
                                                .roles = ROLE_BIT (ROLE_DOCTOR) };

static int64_t monday;                          /* of a week of five working days, some weeks ahead */

static void at (struct harness *harness, int day, int minute)
{
    harness_clock (harness, 0);
    harness_clock (harness, tokyo_instant (monday + day, minute) - harness_now (harness));
}

/* The days of that week, 0 is Monday. */
static struct closure_changed closure (int number, const char *town, const char *office, int first, int last)
{
    static char days[8][2][11];
    static unsigned next;
    char (*text)[11] = days[next++ % 8];

    day_number_text (monday + first, text[0]);
    day_number_text (monday + last, text[1]);
    return (struct closure_changed) { .closure_id = CLOSURE (number), .municipality = town, .office_id = office, .first_day = text[0],
                                      .last_day = text[1], .name = "お盆休み" };
}

static void turn (struct harness *harness)
{
    struct error err = { 0 };

    must (harness_job (harness, "night_turn", &err), &err, "night_turn");
}

static void hears (struct harness *harness, struct closure_changed event, bool removed, int64_t version)
{
    struct error err = { 0 };

    event.has_removed = event.removed = removed;
    must (harness_hear (harness, "notify", &closure_changed_message, &event, event.closure_id, version, event.municipality, &err), &err,
          "closure_changed");
    turn (harness);
}

/* From Monday noon until Saturday 0:00: without a closure there is no holiday in it. */
static int entrust (struct harness *harness, int number, enum night_band band, enum night_band more)
{
    int bands[] = { band, more };
    struct night_visit_entrust message = { .patient_id = SOMEBODY, .entrust_id = ENTRUST (number), .office_id = DUTY_CLINIC,
        .from = tokyo_instant (monday, 12 * H), .until = tokyo_instant (monday + 5, 0), .bands = { bands, more ? 2 : 1 },
        .request = "休診日の往診をお願いします" };
    struct error err = { 0 };

    harness_as (harness, &doctor);
    return harness_call (harness, "night_visit_entrust", &message, NULL, &err) < 0 ? (int) err.key : 0;
}

static void take_back (struct harness *harness, int number)
{
    struct night_visit_entrust_end message = { .patient_id = SOMEBODY, .entrust_id = ENTRUST (number) };
    struct error err = { 0 };

    harness_as (harness, &doctor);
    must (harness_call (harness, "night_visit_entrust_end", &message, NULL, &err), &err, "taken back");
}

static bool opened (struct harness *harness)
{
    return region_sees (harness, &duty_doctor, 1);
}

/* Hours from Monday 0:00. */
static bool is_duty (struct harness *harness, int number, int from, int to)
{
    int64_t first = harness_number (harness, "select guard.to_us (window_from) from night_entrust where entrust_id = '%s'", ENTRUST (number));
    int64_t last = harness_number (harness, "select guard.to_us (window_to) from night_entrust where entrust_id = '%s'", ENTRUST (number));

    if (first == tokyo_instant (monday, from * H) && last == tokyo_instant (monday, to * H))
        return true;
    note ("%lld … %lld h", (long long) ((first - tokyo_instant (monday, 0)) / SECOND_US / 3600),
          (long long) ((last - tokyo_instant (monday, 0)) / SECOND_US / 3600));
    return false;
}

static bool is_idle (struct harness *harness, int number)
{
    return harness_number (harness, "select count(*) from night_entrust where entrust_id = '%s' and window_to is null", ENTRUST (number)) == 1;
}

static void test_entrusting (struct harness *harness)
{
    struct night_visits message = { .patient_id = SOMEBODY };
    struct night_visits_answer answer = { 0 };
    struct error err = { 0 };

    at (harness, 0, 13 * H);
    is_number (entrust (harness, 1, NIGHT_BAND_HOLIDAY, 0), ERROR_TIME_IN_PAST, "U-33: in a week without a holiday there is none to entrust");
    hears (harness, closure (1, TOWN_B, NULL, 3, 3), false, 1);
    hears (harness, closure (2, NULL, DUTY_CLINIC, 3, 3), false, 1);
    is_number (entrust (harness, 1, NIGHT_BAND_HOLIDAY, 0), ERROR_TIME_IN_PAST, "U-33: …another town's closure or another office's makes none");
    hears (harness, closure (3, TOWN_A, NULL, 3, 3), false, 1);
    is_number (entrust (harness, 1, NIGHT_BAND_HOLIDAY, 0), 0, "U-33: …the person's town's does");
    ok (is_duty (harness, 1, 72, 96), "U-33: a duty of that whole day");
    harness_as (harness, &nurse);
    must (harness_call (harness, "night_visits", &message, &answer, &err), &err, "night_visits");
    ok (answer.entrusts.count == 1 && answer.entrusts.items[0].closures.count == 1
        && strcmp (answer.entrusts.items[0].closures.items[0].name, "お盆休み") == 0, "U-33: …which says that it is so by a closure");
    ok (!opened (harness), "U-33: before, the record is closed to the duty's office");
    at (harness, 3, 0);
    ok (opened (harness), "U-33: at its midnight it is open");
    at (harness, 4, 2 * H);
    ok (!opened (harness), "U-33: …and two hours after the next one closed");
}

static void test_tonight (struct harness *harness)
{
    struct night_duty_answer list = { 0 };
    struct error err = { 0 };

    at (harness, 1, 20 * H);
    hears (harness, closure (3, TOWN_A, NULL, 3, 3), true, 2);
    ok (is_idle (harness, 1) && !opened (harness), "U-33: a closure that is taken back takes its duty with it");
    hears (harness, closure (4, NULL, CLINIC, 1, 1), false, 1);
    ok (is_duty (harness, 1, 24, 48), "U-33: a closure of the attending doctor's office, set this very evening, is a duty of today");
    ok (opened (harness), "U-33: …and opens the record at once");
    harness_as (harness, &duty_doctor);
    must (harness_call (harness, "night_duty", &(struct night_duty) { 0 }, &list, &err), &err, "night_duty");
    ok (list.people.count == 1 && list.people.items[0].entrust->closures.count == 1, "U-33: …in the list of who is on duty");
    hears (harness, closure (4, NULL, CLINIC, 1, 2), false, 2);
    ok (is_duty (harness, 1, 24, 72), "U-33: made a day longer, so is the duty");
    at (harness, 2, 20 * H);
    ok (opened (harness), "U-33: …and the record's being open");
    hears (harness, closure (4, NULL, CLINIC, 1, 2), true, 3);
    ok (!opened (harness), "U-33: taken back in the middle of a duty, the record is closed at once");
    is_number (harness_number (harness, "select count(*) from access where source_id = '%s' and to_at > guard.now ()", ENTRUST (1)), 0,
               "…not later");
}

static void test_nights (struct harness *harness)
{
    at (harness, 1, 22 * H);
    is_number (entrust (harness, 2, NIGHT_BAND_NIGHT, NIGHT_BAND_HOLIDAY), 0, "nights and holidays are entrusted");
    ok (opened (harness), "U-33: at night the record is open");
    hears (harness, closure (5, TOWN_A, NULL, 2, 2), false, 1);
    at (harness, 2, 12 * H);
    ok (opened (harness), "U-33: a closure told at night makes the night's duty go on by day");
    hears (harness, closure (5, TOWN_A, NULL, 2, 2), true, 2);
    ok (!opened (harness), "U-33: …until it is taken back");
    at (harness, 2, 18 * H);
    turn (harness);
    ok (opened (harness), "U-33: …and the nights are as they were");
    take_back (harness, 2);
}

/* The clock stays: what is due is due by what is heard. */
static void test_repeats (struct harness *harness)
{
    struct closure_changed removed = closure (6, TOWN_A, NULL, 2, 2), old = closure (7, TOWN_A, NULL, 4, 4);
    struct error err = { 0 };
    int64_t rows;

    at (harness, 1, 9 * H);
    hears (harness, closure (6, TOWN_A, NULL, 2, 2), false, 2);
    ok (is_duty (harness, 1, 48, 72), "a closure is heard");
    hears (harness, closure (6, TOWN_A, NULL, 4, 4), false, 1);
    ok (is_duty (harness, 1, 48, 72), "U-33: an older version, heard later, changes nothing");
    rows = harness_number (harness, "select count(*) from night_entrust where next_at <= guard.now ()");
    removed.has_removed = removed.removed = true;
    must (harness_replay (harness, "notify", &closure_changed_message, &removed, removed.closure_id, 2, TOWN_A, &err), &err, "replayed");
    is_number (harness_number (harness, "select count(*) from night_entrust where next_at <= guard.now ()") - rows, 0,
               "U-33: …nor the same version again, and nothing is computed for it");
    must (harness_replay (harness, "notify", &closure_changed_message, &removed, removed.closure_id, 3, TOWN_A, &err), &err, "replayed");
    turn (harness);
    ok (is_idle (harness, 1), "U-33: while the projection is rebuilt a newer one counts");
    must (harness_replay (harness, "notify", &closure_changed_message, &old, old.closure_id, 0, TOWN_A, &err), &err, "replayed");
    turn (harness);
    ok (is_duty (harness, 1, 96, 120), "U-33: what was closed before closures were announced comes out of the snapshot, and counts");
    is_number (harness_number (harness, "select count(*) from closure where located_in = '" TOWN_A "' and not removed"), 1, "one is in force");
    hears (harness, closure (7, TOWN_A, NULL, 4, 4), true, 1);
    ok (is_idle (harness, 1), "U-33: …until it is taken back");
}

static void test_attending (struct harness *harness)
{
    struct error err = { 0 };

    region_office (harness, successor.office, "後任医院", TOWN_A, 1);
    region_membership (harness, &successor, "島田 遥", false, 1);
    at (harness, 1, 9 * H);
    hears (harness, closure (8, NULL, successor.office, 3, 3), false, 1);
    ok (is_idle (harness, 1), "U-33: the closure of an office whose doctor does not attend is none");
    harness_as (harness, &manager);
    must (region_unseat (harness, 1, 13, &err), &err, "the attending doctor leaves");
    must (region_seat (harness, 1, 14, TEAM_SEAT_ATTENDING_DOCTOR, &successor, &err), &err, "the successor comes");
    turn (harness);
    ok (is_duty (harness, 1, 72, 96), "U-33: …when he does, it is one");
    harness_as (harness, &manager);
    must (region_unseat (harness, 1, 14, &err), &err, "the successor leaves");
    turn (harness);
    ok (is_idle (harness, 1), "U-33: …and when he has left, none again");
}

int main (void)
{
    struct harness *harness = region_open ();

    harness_empty (harness, "night_entrust, night_visit, night_visit_read, closure");
    monday = tokyo_of (harness_now (harness)).day_number + 14;
    for (int day = 0; day < 5; day++)
        if (calendar_weekday (monday) != 1 || calendar_class (monday + day) != DAY_CLASS_WEEKDAY) {
            monday++;
            day = -1;
        }
    region_patient (harness, 1, "夜間 花子", "ヤカン ハナコ");
    test_entrusting (harness);
    test_tonight (harness);
    test_nights (harness);
    test_repeats (harness);
    test_attending (harness);
    harness_close (&harness);
    return done ();
}
