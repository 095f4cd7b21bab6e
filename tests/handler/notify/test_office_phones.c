/* Telephones of offices with hours (practice.md, "Offices have phones"): who writes them, which rings, who is passed over when none does, what
 * the gap check says, and that an office without any is called as before. */
#include "region.h"

#define DUTY_PHONE "0990-30-0001"
#define SECOND "0990-30-0002"
static const int all_classes[] = { DAY_CLASS_WEEKDAY, DAY_CLASS_SATURDAY, DAY_CLASS_SUNDAY, DAY_CLASS_NATIONAL, DAY_CLASS_YEAREND, DAY_CLASS_NEWYEAR,
                                   DAY_CLASS_LOCAL };
static struct phone_hours hours;
static struct office_phone phones[2];

/* Hours that hold now, or begin in two hours and last half an hour. */
static struct phone_hours_list now_or_later (struct region *region, bool now)
{
    int minute = tokyo_of (harness_now (region->harness)).minute, later = (minute + 120) % 1440;

    hours = (struct phone_hours) { { all_classes, 7 }, now ? 0 : later, now ? 1440 : later + 30 };
    return (struct phone_hours_list) { &hours, 1 };
}

static struct office_phones_put put_of (struct region *region, const char *office, bool now, const char *second)
{
    phones[0] = (struct office_phone) { "当番携帯", "０９９０－３０－０００１", now_or_later (region, now) };
    phones[1] = (struct office_phone) { .name = "院長の携帯", .number = second };
    return (struct office_phones_put) { .office_id = office, .phones = { phones, second ? 2 : 1 } };
}

static void write_phones (struct region *region, const char *office, bool now, const char *second)
{
    const struct office_phones_put put = put_of (region, office, now, second);

    as_rota_clerk (region);
    must (region, "office_phones_put", &put);
}

static void forget_phones (struct region *region, const char *office)
{
    as_rota_clerk (region);
    must (region, "office_phones_put", &(struct office_phones_put) { .office_id = office });
}

static struct office_phones_answer view (struct region *region, const char *office)
{
    struct office_phones_answer answer = { 0 };

    if (call (region, "office_phones", &(struct office_phones) { .office_id = office }, &answer) < 0)
        answer.office = error_name_of (&region->err);
    return answer;
}

static void begin (struct region *region, const char *alert)
{
    harness_empty (region->harness, "delivery, delivery_attempt, reply_code, alert, feed, feed_head");
    report (region, alert);
}

static void test_kept (struct region *region)
{
    struct office_phones_put put = put_of (region, CLINIC_2, false, NULL);
    struct office_phones_answer answer;

    as_deputy (region);
    answer = view (region, CLINIC_2);
    ok (answer.phones.count == 0 && strcmp (answer.registered, "011-000-0014") == 0 && strcmp (answer.rings_now, "011-000-0014") == 0,
        "an office that says nothing is called by its registered telephone, always");
    is (refused (region, "office_phones_put", &put), "accepted", "Offices have phones: a clinic's doctor says which rings and when");
    is (refused (region, "office_phones_put", &put), "accepted", "...the same a second time");
    answer = view (region, CLINIC_2);
    ok (answer.phones.count == 1 && strcmp (answer.phones.items[0].number, DUTY_PHONE) == 0 && answer.phones.items[0].hours.count == 1
        && answer.phones.items[0].hours.items[0].day_classes.count == 7
        && answer.phones.items[0].hours.items[0].from_minute == hours.from_minute, "...and reads it as it was written");
    ok (!answer.rings_now && answer.has_silent_from && harness_now (region->harness) - answer.silent_from < 60LL * SECOND_US && answer.may_edit
        && strcmp (answer.set_by, "若葉 四郎") == 0, "...that nothing rings now, and who wrote it");
    put = put_of (region, CLINIC_2, false, SECOND);
    must (region, "office_phones_put", &put);
    answer = view (region, CLINIC_2);
    ok (strcmp (answer.rings_now, SECOND) == 0 && !answer.has_silent_from, "outside the hours of the first the next of the office rings");
}

static void test_refused (struct region *region)
{
    struct office_phones_put put = put_of (region, CLINIC_2, true, NULL);

    as_doctor (region);
    is (refused (region, "office_phones_put", &put), "not_for_you", "another clinic's doctor does not write them");
    is (view (region, CLINIC_2).office, "not_for_you", "...nor reads them, who shares nobody with it");
    as_nurse (region);
    is (refused (region, "office_phones_put", &put), "not_for_role", "a nurse does not write them");
    as_foreigner (region);
    is (refused (region, "office_phones_put", &put), "not_for_you", "...nor does another municipality");
    as_deputy (region);
    phones[0].number = "守衛室";
    is (refused (region, "office_phones_put", &put), "phone_invalid", "words are no number");
    is (region->err.fields[0].pointer, "/phones/0/number", "...and the field is named");
    is_number (number (region, "select count(*) from office_phone"), 2, "...and what stood stands");
}

static void test_rings (struct region *region)
{
    write_phones (region, CLINIC_2, true, NULL);
    begin (region, ALERT ("61"));
    forward (region, 200);
    run_engine (region);
    is (text (region, "select office_id || ' ' || address from delivery where kind = 4 and asks and person_id is null"), CLINIC_2 " " DUTY_PHONE,
        "a doctor without a telephone of his own is called by the office's, by the one of the hour");
    is (text (region, "select phone from alert_try where person_id = '" DEPUTY "'"), DUTY_PHONE, "...which stands in the list");
    is_number (number (region, "select count(*) from delivery where kind = 4 and person_id = '" DOCTOR "'"), 1,
               "...who has one of his own is called by that alone");
    forget_phones (region, CLINIC_2);
    begin (region, ALERT ("62"));
    forward (region, 200);
    run_engine (region);
    is (text (region, "select address from delivery where kind = 4 and asks and person_id is null"), "011-000-0014",
        "without hours the registered one rings, as before");
}

static void test_silent (struct region *region)
{
    struct resolve_answer answer = { 0 };

    write_phones (region, CLINIC_2, false, NULL);
    begin (region, ALERT ("63"));
    is_number (number (region, "select count(*) from alert_line where alert_id = '" ALERT ("63") "' and text like '%若葉 四郎は時間外の電話番号%'"), 1,
               "outside its hours the office is not called: the course says so in words");
    is (text (region, "select string_agg (target::text || ':' || position, ' ' order by position) from alert_try"
                      " where alert_id = '" ALERT ("63") "' and position > 0"), "1:1 4:2",
        "...and the next step follows the first at once");
    is_number (number (region, "select count(*) from alert_try where person_id = '" DEPUTY "' and state = 7"), 1,
               "N-29 ...who looks at the application finds it there");
    forward (region, 200);
    run_engine (region);
    is (text (region, "select string_agg (distinct address, ' ') from delivery where kind = 4 and asks and person_id is null"), "011-000-0015",
        "...the last resort is called, not the silent telephone");
    forward (region, 100 * 60);
    as_nurse (region);
    call (region, "resolve", &(struct resolve) { .patient_id = PATIENT, .has_at = true,
        .at = harness_now (region->harness) + 20LL * 60 * SECOND_US }, &answer);
    ok (answer.targets.count == 3 && answer.targets.items[1].phone && strcmp (answer.targets.items[1].phone, DUTY_PHONE) == 0,
        "\"who would be called then?\" knows the hours of that time");
}

/* The station is asked as an office, and its people have no telephones of their own. */
static void test_office (struct region *region)
{
    const struct chain_row rows[] = {
        { .position = 1, .day_classes = ALL_DAYS, .to_minute = 1440, .target = TARGET_KIND_OFFICE, .office_id = STATION },
        { .position = 2, .day_classes = ALL_DAYS, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = DOCTOR, .office_id = CLINIC } };

    as_manager (region);
    must (region, "chain_put", &(struct chain_put) { .patient_id = PATIENT, .rows = { rows, 2 } });
    write_phones (region, STATION, true, NULL);
    begin (region, ALERT ("64"));
    is (text (region, "select address from delivery where kind = 4 and asks and office_id = '" STATION "'"), DUTY_PHONE, "a station's duty phone rings");
    write_phones (region, STATION, false, SECOND);
    for (int i = 0; i < 4; i++) {
        forward (region, 600);
        run_engine (region);
    }
    is (text (region, "select address from delivery where kind = 4 and asks and office_id = '" STATION "' order by created_at desc limit 1"), SECOND,
        "N-44 called again, the telephone of that hour rings");
    write_phones (region, STATION, false, NULL);
    begin (region, ALERT ("65"));
    is (text (region, "select person_id from alert_try where alert_id = '" ALERT ("65") "' and position = 1"), DOCTOR,
        "a station outside its hours is passed over: the next step's person is asked at once");
    ok (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("65") "' and reason like '%みどり訪問看護は時間外の電話番号%'") > 0,
        "...and the reason says so");
}

static void check (struct region *region)
{
    for (int i = 0; i < 8; i++)
        harness_job (region->harness, "gap_check", &region->err);
}

static const struct roster_gap *gap_of (struct region *region, enum gap_kind kind)
{
    static struct gap_list_answer answer;

    as_rota_clerk (region);
    answer = (struct gap_list_answer) { 0 };
    call (region, "gap_list", &(struct gap_list) { .municipality = TOWN }, &answer);
    for (size_t i = 0; i < answer.gaps.count; i++)
        if (answer.gaps.items[i].kind == kind)
            return &answer.gaps.items[i];
    return NULL;
}

static void test_gaps (struct region *region)
{
    const struct roster_gap *gap;

    harness_sql (region->harness, "delete from gap_told");
    harness_empty (region->harness, "feed, feed_head");
    check (region);
    gap = gap_of (region, GAP_KIND_SILENT);
    ok (gap && strcmp (gap->office, "みどり訪問看護") == 0 && gap->soon && gap->from <= harness_now (region->harness),
        "N-31 an office that an order calls counts as out of reach while no telephone of it is answered");
    gap = gap_of (region, GAP_KIND_UNREACHABLE);
    ok (gap && strcmp (gap->person_id, DEPUTY) == 0, "N-29 ...and so does who is on duty with the clinic's alone");
    write_phones (region, STATION, true, NULL);
    forget_phones (region, CLINIC_2);
    check (region);
    ok (!gap_of (region, GAP_KIND_SILENT) && !gap_of (region, GAP_KIND_UNREACHABLE), "N-31 ...looked at again as soon as the hours are changed");
    write_phones (region, OTHER_OFFICE, false, NULL);
    check (region);
    ok (!gap_of (region, GAP_KIND_SILENT), "an office nobody relies on at night is no gap");
    forget_phones (region, STATION);
    add_contact (region, ID ("6a"), NURSE, CONTACT_KIND_VOICE, "090-0000-0001");
    write_phones (region, STATION, false, NULL);
    check (region);
    ok (!gap_of (region, GAP_KIND_SILENT), "...nor is one whose people have telephones of their own");
}

int main (void)
{
    struct region *region = region_open ();

    test_kept (region);
    test_refused (region);
    test_rings (region);
    test_silent (region);
    test_office (region);
    test_gaps (region);
    harness_close (&region->harness);
    return done ();
}
