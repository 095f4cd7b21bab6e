/* Who reports, 看取り, who can be reached, substitutes wherever asked, local closures, targets of every kind: the resolver's newer rules. */
#include "chain_warnings.h"
#include "clock.h"
#include "resolver.h"
#include "tap.h"

#define ENUMS(...) { .items = (const int[]) { __VA_ARGS__ }, .count = sizeof (int[]) { __VA_ARGS__ } / sizeof (int) }
#define ALL_DAYS ENUMS (DAY_CLASS_WEEKDAY, DAY_CLASS_SATURDAY, DAY_CLASS_SUNDAY, DAY_CLASS_NATIONAL, DAY_CLASS_YEAREND, DAY_CLASS_NEWYEAR, \
                        DAY_CLASS_LOCAL)
#define ALWAYS .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440

static const struct chain_row doctor_first[] = {
    { .position = 1, ALWAYS, .target = TARGET_KIND_PERSON, .person_id = "A" },
    { .position = 2, ALWAYS, .target = TARGET_KIND_OFFICE, .office_id = "N" },
    { .position = 3, ALWAYS, .target = TARGET_KIND_PERSON, .person_id = "B", .has_delay_seconds = true, .delay_seconds = 60 },
};
static const struct chain_row station_first[] = {
    { .position = 1, ALWAYS, .target = TARGET_KIND_OFFICE, .office_id = "N", .has_delay_seconds = true, .delay_seconds = 60 },
    { .position = 2, ALWAYS, .target = TARGET_KIND_PERSON, .person_id = "A" },
    { .position = 3, ALWAYS, .target = TARGET_KIND_PERSON, .person_id = "B" },
};
static const struct known_person people[] = {
    { .person_id = "A", .name = "主治医A", .office_id = "OA" }, { .person_id = "B", .name = "副主治医B", .office_id = "OB" },
    { .person_id = "X", .name = "代診X", .office_id = "OA" }, { .person_id = "U", .name = "連絡先なしU", .unreachable = true },
};
static const struct known_office offices[] = { { .office_id = "N", .name = "みどり訪問看護", .phone = "000-2" },
                                               { .office_id = "H", .name = "中央病院" },
                                               { .office_id = "M", .name = "電話のない事業所", .unreachable = true } };
static const struct known_seat deputies[] = { { "B", "OB" }, { "X", "OA" } };

static struct resolver_input input_of (const struct chain_row *rows, size_t count)
{
    return (struct resolver_input) { .rows = rows, .row_count = count, .people = people, .person_count = 4, .offices = offices,
        .office_count = 3, .team_consent = true, .attending_office_id = "OA", .last_resort_office_id = "Z",
        .last_resort_name = "夜間連絡センター", .last_resort_phone = "000-9", .area = "011002" };
}

static const char *order_at (struct arena *arena, const struct resolver_input *input, int64_t instant)
{
    struct resolution result = resolve (arena, input, instant, CONDITION_TAG_OTHER);
    const char *text = "";

    for (size_t i = 0; i < result.count; i++)
        text = arena_print (arena, "%s%s%s", text, i == 0 ? "" : result.items[i].position == result.items[i - 1].position ? "+" : ",",
                            result.items[i].person_id ? result.items[i].person_id : result.items[i].office_id);
    return text;
}

static int64_t noon (void)
{
    return tokyo_instant (day_number_of (2026, 9, 17), 720);            /* a Thursday */
}

static const char *order_for (struct arena *arena, struct resolver_input input, enum reporter_kind reporter)
{
    input.reporter = reporter;
    return order_at (arena, &input, noon ());
}

static void test_reporter (struct arena *arena)
{
    struct resolver_input doctor = input_of (doctor_first, 3), station = input_of (station_first, 3);
    struct resolution result;

    is (order_for (arena, doctor, REPORTER_KIND_FAMILY), "A,N,B,Z", "without 緊急時訪問看護 a family reaches the order as it is written");
    doctor.emergency_nursing = station.emergency_nursing = true;
    is (order_for (arena, doctor, 0), "A,N,B,Z", "so does a report that does not say by whom");
    is (order_for (arena, doctor, REPORTER_KIND_FAMILY), "N,A,B,Z", "practice: where it is agreed a family reaches the station first");
    is (order_for (arena, doctor, REPORTER_KIND_STAFF), "N,A,B,Z", "practice: ...and so does a helper");
    is (order_for (arena, station, REPORTER_KIND_NURSE), "N+A,B,Z", "practice: a nurse reaches the doctor at once");
    is (order_for (arena, doctor, REPORTER_KIND_NURSE), "A,N,B,Z", "...who stood first already");
    is (order_for (arena, station, REPORTER_KIND_DOCTOR), "N,A,B,Z", "a doctor reaches the order as it is written");
    station.emergency_nursing = false;
    is (order_for (arena, station, REPORTER_KIND_NURSE), "N,A,B,Z", "where it is not agreed a nurse does, too");
    is (order_for (arena, station, REPORTER_KIND_DISPATCH), "N+A,B,Z", "EMS-02 dispatch reaches doctor and nurse at once");
    is (order_for (arena, doctor, REPORTER_KIND_DISPATCH), "A+N,B,Z", "EMS-02 ...whoever stands first");
    station.emergency_nursing = true;
    station.reporter = REPORTER_KIND_FAMILY;
    result = resolve (arena, &station, noon (), CONDITION_TAG_OTHER);
    is_number (result.items[0].delay_seconds, 180, "practice: the doctors follow after 180 s, whatever the row says");
}

/* An order that names doctors only; a nurse's station is in the care team. */
static void test_team_station (struct arena *arena)
{
    static const char *const team[] = { "N", "M", "N" };
    const struct chain_row doctors[] = { doctor_first[0], doctor_first[2] };
    struct resolver_input input = input_of (doctors, 2);
    struct resolution result;

    input.stations = team;
    input.station_count = 3;
    is (order_for (arena, input, REPORTER_KIND_DISPATCH), "A+N,B,Z", "EMS-02 the care team's station is called beside the doctor, once");
    input.reporter = REPORTER_KIND_DISPATCH;
    result = resolve (arena, &input, noon (), CONDITION_TAG_OTHER);
    ok (strstr (result.items[1].reason, "ケアチームの訪問看護") && strcmp (result.items[1].phone, "000-2") == 0, "...with the reason and its number");
    ok (result.skipped_count == 1 && strcmp (result.skipped[0].office_id, "M") == 0, "...without one that has no telephone, which is said");
    is (order_for (arena, input, REPORTER_KIND_NURSE), "A,B,Z", "a nurse's own report does not call her station");
    is (order_for (arena, input, REPORTER_KIND_FAMILY), "A,B,Z", "...nor does a family's: that order is as it is written");
    input.terminal = true;
    input.attending = (struct known_seat) { "A", "OA" };
    is (order_for (arena, input, REPORTER_KIND_FAMILY), "N+A,Z",
        "SC-03 看取り without rows of its own: the team's station with the attending doctor");
    result = resolve (arena, &input, noon (), CONDITION_TAG_OTHER);
    ok (strstr (result.chain_note, "訪問看護と在宅主治医"), "...and the note says so");
    input.terminal_rows = true;
    is (order_for (arena, input, REPORTER_KIND_DISPATCH), "A,B,Z", "SC-03 an order made for it is taken as it is written");
    input.terminal = false;
    input.team_consent = false;
    is (order_for (arena, input, REPORTER_KIND_DISPATCH), "OA+Z", "without consent nobody of the team is called");
    input = input_of (station_first, 3);
    input.stations = (const char *const[]) { "H" };
    input.station_count = 1;
    is (order_for (arena, input, REPORTER_KIND_DISPATCH), "N+A,B,Z", "a station that a row brings is enough");
}

static void test_terminal (struct arena *arena)
{
    struct resolver_input input = input_of (doctor_first, 3);
    const struct absence away = { "A", 0, noon () + SECOND_US };
    struct resolution result;

    input.terminal = true;
    input.attending = (struct known_seat) { "A", "OA" };
    input.deputies = deputies;
    input.deputy_count = 2;
    input.reporter = REPORTER_KIND_FAMILY;
    input.emergency_nursing = true;
    is (order_at (arena, &input, noon ()), "N+A,B+X,Z", "SC-03 看取り asks station and attending doctor, then the deputies");
    result = resolve (arena, &input, noon (), CONDITION_TAG_OTHER);
    ok (result.terminal && strstr (result.chain_note, "訪問看護と在宅主治医"), "...and says so");
    input.absences = &away;
    input.absence_count = 1;
    is (order_at (arena, &input, noon ()), "N,B+X,Z", "...without who is away");
    input.terminal_rows = true;
    is (order_at (arena, &input, noon ()), "N,B,Z", "SC-03 rows made for 看取り are taken as they are written");
    input.row_count = 0;
    input.terminal_rows = false;
    is (order_at (arena, &input, noon ()), "B+X,Z", "without any row the seats are enough");
    result = resolve (arena, &input, noon (), CONDITION_TAG_OTHER);
    ok (strstr (result.chain_note, "訪問看護は連絡順に入っていません"), "...and nobody is told that the station is called when it is not");
    input.team_consent = false;
    is (order_at (arena, &input, noon ()), "OA+Z", "N-30 without consent the clinic and the last resort, also in 看取り");
}

static void test_reach (struct arena *arena)
{
    const struct chain_row rows[] = { { .position = 1, ALWAYS, .target = TARGET_KIND_PERSON, .person_id = "U" },
                                      { .position = 2, ALWAYS, .target = TARGET_KIND_PERSON, .person_id = "A" },
                                      { .position = 2, ALWAYS, .target = TARGET_KIND_OFFICE, .office_id = "M" } };
    struct resolver_input input = input_of (rows, 3);
    struct resolution result = resolve (arena, &input, noon (), CONDITION_TAG_OTHER);

    is (order_at (arena, &input, noon ()), "A,Z", "N-29 who has no contact that works is passed over at once");
    ok (strstr (result.items[0].reason, "連絡先なしUは連絡先なし") != NULL, "N-29 ...and the next one's reason says so");
    ok (result.skipped_count == 2 && result.skipped[0].why == SKIP_UNREACHABLE && strcmp (result.skipped[0].person_id, "U") == 0,
        "N-29 ...and whoever reports it finds the person");
    ok (result.skipped[1].why == SKIP_UNREACHABLE && strcmp (result.skipped[1].office_id, "M") == 0, "an office without a telephone, too");
    input.row_count = 1;
    is (order_at (arena, &input, noon ()), "Z", "N-29 N-30 with nobody left the last resort at 0 s");
    is_number ((int64_t) chain_doctors (arena, &input), 0, "X-04 who cannot be reached does not count as a doctor");
    input.row_count = 2;
    is_number ((int64_t) chain_doctors (arena, &input), 1, "X-04 ...so this order has one");
    ok (chain_warnings (arena, &input, &(struct scheme_known) { 0 }, 0).count == 2, "X-04 N-31 both are warned about: one doctor, and the one without a contact");
}

static void test_everywhere (struct arena *arena)
{
    struct duty_change change = { .change_id = "c", .kind = DUTY_CHANGE_KIND_OVERRIDE, .from = noon (), .to = noon () + 10 * SECOND_US,
                                  .remove_id = "A", .add_id = "X", .add_office_id = "OA" };
    const struct absence away[] = { { "A", 0, noon () + SECOND_US }, { "X", 0, noon () + SECOND_US } };
    struct resolver_input input = input_of (doctor_first, 3);
    struct resolution result;

    input.changes = &change;
    input.change_count = 1;
    is (order_at (arena, &input, noon () - 1), "A,N,B,Z", "before the override the doctor");
    is (order_at (arena, &input, noon ()), "X,N,B,Z", "N-28 from its first moment the substitute");
    is (order_at (arena, &input, change.to), "A,N,B,Z", "...and at its end the doctor again");
    result = resolve (arena, &input, noon (), CONDITION_TAG_OTHER);
    ok (strstr (result.items[0].reason, "代診（本来は主治医A）") != NULL, "N-28 the reason says for whom");
    input.absences = away;
    input.absence_count = 2;
    is (order_at (arena, &input, noon ()), "X,N,B,Z", "an override lies over absences");
    change.add_id = NULL;
    is (order_at (arena, &input, noon ()), "N,B,Z", "with nobody instead the step is empty and passed over");
    change.add_id = "U";
    is (order_at (arena, &input, noon ()), "N,B,Z", "N-29 a substitute out of reach is passed over, too");
}

static void test_closed_clinic (struct arena *arena)
{
    const struct closure closures[] = { { .office_id = "OA", .first_day = noon () / 86400 / SECOND_US, .last_day = noon () / 86400 / SECOND_US } };
    const struct chain_row rows[] = {
        { .position = 1, .day_classes = ENUMS (DAY_CLASS_WEEKDAY), .from_minute = 510, .to_minute = 1080, .target = TARGET_KIND_PERSON,
          .person_id = "A" },
        { .position = 1, .day_classes = ENUMS (DAY_CLASS_WEEKDAY), .from_minute = 510, .to_minute = 1080, .target = TARGET_KIND_PERSON,
          .person_id = "B" },
        { .position = 2, .day_classes = ENUMS (DAY_CLASS_LOCAL), .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON,
          .person_id = "X" } };
    struct resolver_input input = input_of (rows, 3);

    is (order_at (arena, &input, noon ()), "A+B,Z", "(a weekday)");
    input.closures = (struct closures) { closures, 1 };
    is (order_at (arena, &input, noon ()), "B,X,Z", "a clinic's own closed day changes the rows of its people only");
    input.closures = (struct closures) { (const struct closure[]) { { .area = "011002", .first_day = 0, .last_day = 99999 } }, 1 };
    is (order_at (arena, &input, noon ()), "X,Z", "a municipality's changes all");
}

static void test_targets (struct arena *arena)
{
    const struct chain_row rows[] = { { .position = 1, ALWAYS, .target = TARGET_KIND_PERSON, .person_id = "A" },
                                      { .position = 2, ALWAYS, .target = TARGET_KIND_LAST_RESORT },
                                      { .position = 3, ALWAYS, .target = TARGET_KIND_HOSPITAL, .office_id = "H" } };
    struct resolver_input input = input_of (rows, 3);
    struct resolution result = resolve (arena, &input, noon (), CONDITION_TAG_OTHER);

    is (order_at (arena, &input, noon ()), "A,Z,H,Z", "the last resort may stand earlier, and is last all the same");
    is_number (result.items[2].target, TARGET_KIND_HOSPITAL, "a hospital may be asked");
    input.rows = rows + 1;
    input.row_count = 2;
    is (order_at (arena, &input, noon ()), "H+Z", "without a doctor everybody at once, and nobody twice");
    result = resolve (arena, &input, tokyo_instant (day_number_of (2031, 1, 1), 0), CONDITION_TAG_OTHER);
    ok (result.calendar_unsettled, "N-21 beyond the settled years the answer says so");
    result = resolve (arena, &input, tokyo_instant (day_number_of (2031, 1, 1), 0) - 1, CONDITION_TAG_OTHER);
    ok (!result.calendar_unsettled, "N-21 ...and not a moment earlier");
}

int main (void)
{
    ARENA (arena);

    test_reporter (&arena);
    test_team_station (&arena);
    test_terminal (&arena);
    test_reach (&arena);
    test_everywhere (&arena);
    test_closed_clinic (&arena);
    test_targets (&arena);
    return done ();
}
