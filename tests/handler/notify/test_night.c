/* U-33: a report of a visit at night: in the doctors' feed at once, a letter in the morning, and who is told when nobody reads it. */
#include "calendar.h"
#include "region.h"

#define VISIT(n) "00000000-0000-7000-a000-0000000000" n
#define HUB OTHER_OFFICE
#define VISITOR STRANGER

static void job (struct region *region)
{
    for (int i = 0; i < 3; i++)
        if (harness_job (region->harness, "night_reports", &region->err) < 0) {
            printf ("Bail out! night_reports: %s %s\n", error_name_of (&region->err), region->err.detail);
            exit (1);
        }
}

/* Decision time becomes the next such weekday (1 Monday) and minute in Japan, in weeks without a holiday (2026-11-30 …). */
static void wait_until (struct region *region, int weekday, int minute)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));
    int64_t days = (weekday - now.weekday + 7) % 7;

    if (days == 0 && now.minute >= minute)
        days = 7;
    forward (region, (tokyo_instant (now.day_number + days, minute) - harness_now (region->harness)) / SECOND_US + 1);
}

static void begin (struct region *region)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));
    int64_t day = now.day_number;

    while (calendar_weekday (day) != 1 || calendar_class (day) != DAY_CLASS_WEEKDAY || calendar_class (day + 7) != DAY_CLASS_WEEKDAY
           || calendar_class (day + 14) != DAY_CLASS_WEEKDAY || calendar_class (day + 1) != DAY_CLASS_WEEKDAY || day < now.day_number + 2)
        day++;
    forward (region, (tokyo_instant (day, 0) - harness_now (region->harness)) / SECOND_US);
    harness_empty (region->harness, "night_report, night_entrust, delivery, feed, feed_head, feed_reading");
}

static void reported (struct region *region, const char *visit, const char *corrects)
{
    HEAR (region, "sharing", night_visit_reported, PATIENT, TOWN, .patient_id = PATIENT, .visit_id = visit, .office_id = HUB,
          .by = VISITOR, .corrects = corrects, .reported_at = harness_now (region->harness));
}

static void was_read (struct region *region, const char *visit, const char *by)
{
    HEAR (region, "sharing", night_visit_read, PATIENT, TOWN, .patient_id = PATIENT, .visit_id = visit, .by = by);
}

static int64_t told (struct region *region, const char *person, int kind)
{
    return harness_number (region->harness, "select count(*) from feed where person_id = '%s' and kind = %d", person, kind);
}

static int64_t letters (struct region *region, const char *person, const char *subject)
{
    return harness_number (region->harness, "select count(*) from delivery where person_id = '%s' and subject like '%%%s%%'", person, subject);
}

static void test_morning (struct region *region)
{
    const char *letter;

    wait_until (region, 2, 3 * 60);
    reported (region, VISIT ("01"), NULL);
    is_number (told (region, DOCTOR, FEED_KIND_NIGHT_VISIT), 1, "U-33: at 3:00 it stands in the attending doctor's feed");
    ok (told (region, NURSE, FEED_KIND_NIGHT_VISIT) == 1 && told (region, MANAGER, FEED_KIND_NIGHT_VISIT) == 0, "…and the team's nurse's");
    reported (region, VISIT ("02"), NULL);
    job (region);
    is_number (number (region, "select count(*) from delivery"), 0, "U-33: nobody is woken by a letter");
    wait_until (region, 2, 7 * 60 + 29);
    job (region);
    is_number (number (region, "select count(*) from delivery"), 0, "U-33: nor at 7:29");
    forward (region, 60);
    job (region);
    is_number (letters (region, DOCTOR, "夜間往診の報告が届いています"), 1, "U-33: at 7:30 one letter goes to the doctor");
    letter = text (region, "select text from delivery limit 1");
    ok (strstr (letter, "2件") && !strstr (letter, PLANTED_NAME) && !strstr (letter, PLANTED_DIAGNOSIS), "N-58: of two reports, naming nobody");
    forward (region, 3600);
    job (region);
    is_number (letters (region, DOCTOR, "夜間往診の報告"), 1, "U-33: …once, however often the job runs");
}

static void test_unread (struct region *region)
{
    was_read (region, VISIT ("02"), DOCTOR);
    wait_until (region, 2, 9 * 60 + 59);
    job (region);
    is_number (number (region, "select count(*) from feed where kind = 27"), 0, "U-33: until 10:00 nobody else is told");
    forward (region, 120);
    job (region);
    ok (told (region, DOCTOR, FEED_KIND_NIGHT_VISIT_UNREAD) == 1 && told (region, VISITOR, FEED_KIND_NIGHT_VISIT_UNREAD) == 1
        && told (region, ROTA_CLERK, FEED_KIND_NIGHT_VISIT_UNREAD) == 1 && told (region, MANAGER, FEED_KIND_NIGHT_VISIT_UNREAD) == 0,
        "U-33: at 10:00 the unread one, and only that, is told to the clinic, to who visited, and to the rota office");
    is_number (letters (region, DOCTOR, "まだ読まれていません"), 1, "U-33: …and by letter");
    job (region);
    is_number (told (region, DOCTOR, FEED_KIND_NIGHT_VISIT_UNREAD), 1, "…once a day");
    wait_until (region, 3, 10 * 60 + 1);
    job (region);
    is_number (told (region, DOCTOR, FEED_KIND_NIGHT_VISIT_UNREAD), 2, "U-33: the next working day again");
    was_read (region, VISIT ("01"), DEPUTY);
    wait_until (region, 4, 10 * 60 + 1);
    job (region);
    is_number (told (region, DOCTOR, FEED_KIND_NIGHT_VISIT_UNREAD), 2, "U-33: …until a doctor has read it");
    is_number (number (region, "select count(*) from night_report where next_action_at is not null"), 0, "nothing is left to do");
}

static void test_days (struct region *region)
{
    harness_empty (region->harness, "night_report, delivery, feed, feed_head, feed_reading");
    wait_until (region, 5, 8 * 60 + 50);
    reported (region, VISIT ("03"), NULL);
    job (region);
    is_number (letters (region, DOCTOR, "届いています"), 1, "U-33: what is reported in the morning itself goes at once");
    wait_until (region, 5, 10 * 60 + 30);
    job (region);
    is_number (told (region, DOCTOR, FEED_KIND_NIGHT_VISIT_UNREAD), 0, "U-33: …with two hours to read it");
    forward (region, 1800);
    job (region);
    is_number (told (region, DOCTOR, FEED_KIND_NIGHT_VISIT_UNREAD), 1, "U-33: …and no more");
    harness_empty (region->harness, "night_report, delivery, feed, feed_head, feed_reading");
    harness_sql (region->harness, "update contact_point set kind = 5, address = '090-0000-0003' where contact_point_id = '" ID ("61") "'");
    wait_until (region, 6, 2 * 60);
    reported (region, VISIT ("04"), NULL);
    reported (region, VISIT ("05"), VISIT ("04"));
    is_number (number (region, "select count(*) from night_report where next_action_at is not null"), 1,
               "U-33: what was corrected is followed as its correction only");
    wait_until (region, 6, 7 * 60 + 31);
    job (region);
    is_number (letters (region, DOCTOR, "届いています"), 1, "U-33: on a Saturday the letter goes, without e-mail as a text message");
    wait_until (region, 7, 12 * 60);
    job (region);
    is_number (told (region, DOCTOR, FEED_KIND_NIGHT_VISIT_UNREAD), 0, "U-33: …but nobody is reminded on a Sunday");
    for (int i = 0; i < 9; i++) {
        wait_until (region, 1 + i % 5, 11 * 60);
        job (region);
        job (region);
    }
    ok (told (region, DOCTOR, FEED_KIND_NIGHT_VISIT_UNREAD) <= 5 && number (region, "select count(*) from night_report"
        " where visit_id = '" VISIT ("05") "' and step = 2 and reminded = 5") == 1, "U-33: five times, then it rests");
}

static void test_known (struct region *region)
{
    static const int bands[] = { NIGHT_BAND_NIGHT, NIGHT_BAND_HOLIDAY };
    static const struct night_entrust_known known[] = { { VISIT ("09"), HUB, 1, 2, { bands, 2 }, true } };

    HEAR (region, "sharing", night_entrust_changed, PATIENT, TOWN, .patient_id = PATIENT, .entrusts = { .items = known, .count = 1 });
    is_number (number (region, "select count(*) from night_entrust where offices = array['" HUB "']::uuid[] and bands = array[5]::bigint[]"
                       " and call_doctor = array[true]"), 1, "U-33: what is entrusted is kept for the order of doctors");
    as_nurse (region);
    is_number (harness_sees (region->harness, "select count(*) from night_entrust"), 1, "…and seen by the team");
    as_stranger (region);
    is_number (harness_sees (region->harness, "select count(*) from night_entrust"), 0, "S-20: nobody else sees it");
    is_number (harness_sees (region->harness, "select (has_table_privilege ('night_report', 'select'))::int"), 0,
               "S-20: what is followed is the engine's only");
}

/* The order, as the page's preview asks it. */
static const char *first_of (struct region *region, int64_t at)
{
    const struct resolve message = { .patient_id = PATIENT, .has_at = true, .at = at };
    static struct resolve_answer answer;

    as_nurse (region);
    answer = (struct resolve_answer) { 0 };
    if (call (region, "resolve", &message, &answer) < 0 || answer.targets.count == 0)
        return error_name_of (&region->err);
    return answer.targets.items[0].name;
}

static void test_order (struct region *region)
{
    static const int bands[] = { NIGHT_BAND_NIGHT };
    int64_t day = tokyo_of (harness_now (region->harness)).day_number + 1;
    struct night_entrust_known known[] = { { VISIT ("09"), CLINIC_2, tokyo_instant (day, 12 * 60), tokyo_instant (day + 3, 0), { bands, 1 }, true } };
    const struct night_entrust_known past[] = { { VISIT ("09"), HUB, tokyo_instant (day, 12 * 60), tokyo_instant (day + 3, 0), { bands, 1 }, true } };

    harness_sql (region->harness, "update night_entrust set version = 0");
    HEAR (region, "sharing", night_entrust_changed, PATIENT, TOWN, .patient_id = PATIENT, .entrusts = { .items = known, .count = 1 });
    ok (strcmp (first_of (region, tokyo_instant (day, 17 * 60 + 59)), "青葉 三郎") == 0, "U-33: by day the attending doctor stands first");
    ok (strcmp (first_of (region, tokyo_instant (day, 18 * 60)), "若葉医院") == 0, "U-33: at 18:00 the office whose duty visits");
    ok (strcmp (first_of (region, tokyo_instant (day + 1, 8 * 60 + 29)), "若葉医院") == 0, "U-33: …until 8:30");
    ok (strcmp (first_of (region, tokyo_instant (day + 1, 8 * 60 + 30)), "青葉 三郎") == 0, "U-33: …and no longer");
    ok (strcmp (first_of (region, tokyo_instant (day + 3, 60)), "青葉 三郎") == 0, "U-33: nor when the time is over");
    harness_sql (region->harness, "update night_entrust set version = 0");
    HEAR (region, "sharing", night_entrust_changed, PATIENT, TOWN, .patient_id = PATIENT, .entrusts = { .items = past, .count = 1 });
    ok (strcmp (first_of (region, tokyo_instant (day, 18 * 60)), "青葉 三郎") == 0, "U-33: an office without telephone is not asked for him");
}

/* In the town's calendar or an office's. */
static void close_day (struct region *region, const char *closure_id, const char *town, const char *office, int64_t day)
{
    char date[11];
    const struct closure_put put = { .closure_id = closure_id, .municipality = town, .office_id = office, .first_day = date, .last_day = date,
                                     .name = "お盆休み" };

    day_number_text (day, date);
    act_as (region, ROTA_CLERK, ROTA_OFFICE, TOWN, ROLE_BIT (ROLE_OPERATOR));
    if (call (region, "closure_put", &put, NULL) < 0)
        printf ("Bail out! closure_put: %s\n", error_name_of (&region->err));
}

static void reopen (struct region *region, const char *closure_id)
{
    act_as (region, ROTA_CLERK, ROTA_OFFICE, TOWN, ROLE_BIT (ROLE_OPERATOR));
    call (region, "closure_remove", &(struct closure_remove) { .closure_id = closure_id }, NULL);
}

static void test_closed (struct region *region)
{
    static const int bands[] = { NIGHT_BAND_HOLIDAY };
    int64_t day = tokyo_of (harness_now (region->harness)).day_number + 1;
    struct resolve message = { .patient_id = PATIENT, .has_at = true };
    struct resolve_answer answer = { 0 };
    struct night_entrust_known known[] = { { VISIT ("09"), CLINIC_2, 0, 0, { bands, 1 }, true } };

    while (calendar_class (day) != DAY_CLASS_WEEKDAY || calendar_class (day + 1) != DAY_CLASS_WEEKDAY)
        day++;
    known[0].from = tokyo_instant (day, 0);
    known[0].until = tokyo_instant (day + 2, 0);
    message.at = tokyo_instant (day, 10 * 60);
    harness_sql (region->harness, "update night_entrust set version = 0");
    HEAR (region, "sharing", night_entrust_changed, PATIENT, TOWN, .patient_id = PATIENT, .entrusts = { .items = known, .count = 1 });
    close_day (region, ID ("a1"), NULL, CLINIC_2, day);
    close_day (region, ID ("a2"), ELSEWHERE, NULL, day);
    ok (strcmp (first_of (region, message.at), "青葉 三郎") == 0, "U-33: on a day closed elsewhere the attending doctor stands first");
    close_day (region, ID ("a3"), NULL, CLINIC, day);
    ok (strcmp (first_of (region, message.at), "若葉医院") == 0, "U-33: on his clinic's closed day the office whose duty visits");
    as_nurse (region);
    ok (call (region, "resolve", &message, &answer) == 0 && strstr (answer.targets.items[0].reason, "往診代行（主治医の依頼、お盆休み）"),
        "U-33: …and the preview says why");
    ok (strcmp (first_of (region, tokyo_instant (day, 0)), "若葉医院") == 0 && strcmp (first_of (region, tokyo_instant (day + 1, 0)), "青葉 三郎") == 0,
        "U-33: …from midnight to midnight");
    reopen (region, ID ("a3"));
    ok (strcmp (first_of (region, message.at), "青葉 三郎") == 0, "U-33: …until the closure is taken back");
    close_day (region, ID ("a4"), TOWN, NULL, day);
    ok (strcmp (first_of (region, message.at), "若葉医院") == 0, "U-33: the person's town's closed day counts as well");
    reopen (region, ID ("a4"));
}

int main (void)
{
    struct region *region = region_open ();

    begin (region);
    test_morning (region);
    test_unread (region);
    test_days (region);
    test_known (region);
    test_order (region);
    test_closed (region);
    harness_close (&region->harness);
    return done ();
}
