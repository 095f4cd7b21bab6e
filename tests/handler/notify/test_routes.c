/* Contact routes between a hospital and the doctors of the people registered there (U-17): stored, tried by hand and by machine, shown to
 * both sides with the last success, and to nobody else. */
#include "fake_adapter.h"

#define HOSPITAL ID ("1a")
#define LIAISON ID ("0a")
#define ROUTE(n) ID ("e" n)
#define TEST(n) ID ("f" n)
static const int64_t day = 24 * 3600;

static void as_liaison (struct region *region) { act_as (region, LIAISON, HOSPITAL, TOWN, ROLE_BIT (ROLE_HOSPITAL_LIAISON)); }

static struct contact_routes_answer view (struct region *region, const char *office)
{
    struct contact_routes_answer answer = { 0 };

    if (call (region, "contact_routes", &(struct contact_routes) { .office_id = office }, &answer) < 0)
        answer.office = NULL;
    return answer;
}

static struct contact_route_put night_of (const char *office, const char *route)
{
    return (struct contact_route_put) { .office_id = office, .route_id = route, .time = ROUTE_TIME_NIGHT, .means = ROUTE_MEANS_TELEPHONE,
                                        .address = "０１１－０００－００３２", .note = "夜間は守衛室が受けます" };
}

static struct contact_route_test by_hand (const char *office, const char *route, const char *test, bool answered, const char *note)
{
    return (struct contact_route_test) { .office_id = office, .route_id = route, .test_id = test, .has_answered = true,
        .answered = answered,
                                         .note = note };
}

static void test_stored (struct region *region)
{
    struct contact_route_put night = night_of (HOSPITAL, ROUTE ("1")), fax = night;
    struct contact_routes_answer answer;

    fax.route_id = ROUTE ("2"), fax.time = ROUTE_TIME_DAY, fax.means = ROUTE_MEANS_FAX, fax.address = "011-000-0033", fax.note = NULL;
    as_liaison (region);
    is (refused (region, "contact_route_put", &night), "accepted", "U-17 the hospital's desk writes how it is reached at night");
    is (refused (region, "contact_route_put", &fax), "accepted", "U-17 ...and by FAX in the day");
    is (refused (region, "contact_route_put", &fax), "accepted", "the same a second time");
    answer = view (region, HOSPITAL);
    ok (answer.routes.count == 2 && answer.may_edit && answer.can_call && strcmp (answer.office, "中央病院") == 0, "U-17 both are shown");
    ok (answer.routes.items[0].means == ROUTE_MEANS_FAX && answer.routes.items[1].time == ROUTE_TIME_NIGHT
        && strcmp (answer.routes.items[1].address, "011-000-0032") == 0 && strcmp (answer.routes.items[1].note, "夜間は守衛室が受けます") == 0
        && strcmp (answer.routes.items[1].set_by, "地域 連子") == 0, "...by time, as entered, the number in plain digits");
    ok (answer.routes.items[0].needs_check && answer.routes.items[1].needs_check, "U-17 what was never tried is to be checked");
    night.address = "守衛室";
    is (refused (region, "contact_route_put", &night), "phone_invalid", "words are no number");
    is (region->err.fields[0].pointer, "/address", "...the field is named");
    is_number (number (region, "select count(*) from contact_route where address = '011-000-0032'"), 1, "...and nothing was changed");
}

static void test_by_hand (struct region *region)
{
    struct contact_route_test missed = by_hand (HOSPITAL, ROUTE ("1"), TEST ("1"), false, " "), good = by_hand (HOSPITAL, ROUTE ("1"),
        TEST ("2"), true, NULL);
    struct contact_routes_answer answer;

    as_doctor (region);
    is (refused (region, "contact_route_test", &missed), "reason_needed", "nobody answered: something must be said about it");
    missed.note = "15回鳴らしても出ない";
    is (refused (region, "contact_route_test", &missed), "accepted", "U-17 the doctor of somebody registered there tries it");
    ok (view (region, HOSPITAL).routes.items[1].needs_check && !view (region, HOSPITAL).routes.items[1].has_succeeded_at, "...in vain");
    forward (region, 60);
    is (refused (region, "contact_route_test", &good), "accepted", "U-17 \"I called, it was answered\"");
    answer = view (region, HOSPITAL);
    ok (!answer.routes.items[1].needs_check && answer.routes.items[1].has_succeeded_at
        && answer.routes.items[1].succeeded_at == answer.routes.items[1].calls.items[0].called_at, "U-17 the last success is shown");
    ok (answer.routes.items[1].calls.count == 2 && answer.routes.items[1].calls.items[0].answered
        && strcmp (answer.routes.items[1].calls.items[0].by_name, "青葉 三郎") == 0 && !answer.routes.items[1].calls.items[0].by_machine
        && strcmp (answer.routes.items[1].calls.items[1].note, "15回鳴らしても出ない") == 0, "...with who tried it when");
    ok (!answer.may_edit, "...who does not write the hospital's routes");
    is (refused (region, "contact_route_test", &good), "already_there", "the same trial a second time is refused");
    forward (region, 31 * day - 3600);
    ok (!view (region, HOSPITAL).routes.items[1].needs_check, "U-17 within 31 days it counts");
    forward (region, day);
    ok (view (region, HOSPITAL).routes.items[1].needs_check, "U-17 ...then it is to be checked");
}

static void let_send (struct region *region, enum sent mood)
{
    fakes[0].mood = mood;
    send_rounds (region, 1);
}

static void test_by_machine (struct region *region)
{
    struct contact_route_test test = { .office_id = HOSPITAL, .route_id = ROUTE ("1"), .test_id = TEST ("3") };
    struct contact_routes_answer answer;

    as_doctor (region);
    is (refused (region, "contact_route_test", &test), "accepted", "U-17 the system is to call");
    answer = view (region, HOSPITAL);
    ok (!answer.routes.items[1].calls.items[0].has_answered && answer.routes.items[1].calls.items[0].by_machine, "...which is under way");
    let_send (region, SENT_DELIVERED);
    is (fakes[0].address, "011-000-0032", "U-17 it calls the number");
    ok (strstr (fakes[0].text, "試験のお電話") && !strstr (fakes[0].all, PLANTED_NAME) && !strstr (fakes[0].all, "山田"),
        "N-58 ...with words about nobody");
    answer = view (region, HOSPITAL);
    ok (!answer.routes.items[1].needs_check && answer.routes.items[1].calls.items[0].answered,
        "U-17 somebody answered: that is the last success");
    as_liaison (region);
    ok (view (region, HOSPITAL).routes.items[1].calls.items[0].answered, "U-17 the hospital reads it, too");
    test.test_id = TEST ("4");
    forward (region, 60);
    is (refused (region, "contact_route_test", &test), "accepted", "it tries itself");
    let_send (region, SENT_PERMANENT);
    answer = view (region, HOSPITAL);
    ok (answer.routes.items[1].needs_check && answer.routes.items[1].calls.items[0].has_answered
        && !answer.routes.items[1].calls.items[0].answered
        && answer.routes.items[1].has_succeeded_at, "U-17 a call that failed is to be checked; the last success stays");
    test.route_id = ROUTE ("2"), test.test_id = TEST ("5");
    is (refused (region, "contact_route_test", &test), "call_yourself", "a FAX is not called");
    region->self.voice = false;
    test.route_id = ROUTE ("1");
    is (refused (region, "contact_route_test", &test), "call_yourself", "...nor anything where there is no adapter for calls");
    ok (!view (region, HOSPITAL).can_call, "...which the page is told");
    region->self.voice = true;
    is_number (number (region, "select count(*) from contact_route_call where test_id = '" TEST ("5") "'"), 0, "nothing of it is kept");
}

/* "office:routes|…" of the other side. */
static const char *partners (struct region *region)
{
    static char text[200];
    struct contact_partners_answer answer = { 0 };

    text[0] = 0;
    if (call (region, "contact_partners", &(struct contact_partners) { 0 }, &answer) < 0)
        return error_name_of (&region->err);
    for (size_t i = 0; i < answer.partners.count; i++)
        snprintf (text + strlen (text), sizeof text - strlen (text), "%s:%zu|", answer.partners.items[i].office,
            answer.partners.items[i].routes.count);
    return text;
}

static void test_both_sides (struct region *region)
{
    struct contact_route_put clinic = night_of (CLINIC, ROUTE ("3"));

    clinic.address = "090-0000-0013";
    as_doctor (region);
    is (refused (region, "contact_route_put", &clinic), "accepted", "U-17 the doctor's clinic says how it is reached at night");
    as_liaison (region);
    ok (view (region, CLINIC).routes.count == 1 && !view (region, CLINIC).may_edit,
        "U-17 the hospital sees the routes of the attending doctor");
    ok (!view (region, STATION).office, "...and not those of the rest of the team");
    is (partners (region), "青葉クリニック:1|", "U-17 the hospital's own page lists the doctors of who is registered there");
    as_nurse (region);
    ok (view (region, HOSPITAL).routes.count == 2, "U-17 the team sees the hospital's");
    is (partners (region), "中央病院:2|", "U-17 ...the office of the team the hospital");
    as_stranger (region);
    is (partners (region), "", "U-17 who shares nobody has no partners");
    as_foreigner (region);
    is (partners (region), "", "...nor has another town");
    as_nurse (region);
    ok (!view (region, CLINIC).office, "...the nurse not the clinic's: no hospital");
    HEAR (region, "sharing", designated_hospital_changed, PATIENT, TOWN, .patient_id = PATIENT, .parallel_notice = false, .agreed = false);
    ok (!view (region, HOSPITAL).office, "U-17 when the registration has ended it is seen no more");
    as_liaison (region);
    ok (!view (region, CLINIC).office && !*partners (region), "...by neither side");
}

static void test_strangers (struct region *region)
{
    struct contact_route_put stolen = night_of (CLINIC_2, ROUTE ("1"));
    const struct contact_route_remove gone = { .office_id = HOSPITAL, .route_id = ROUTE ("1") };
    struct contact_route_test test = by_hand (HOSPITAL, ROUTE ("1"), TEST ("6"), true, NULL);

    as_stranger (region);
    ok (!view (region, HOSPITAL).office && region->err.key == ERROR_NOT_FOR_YOU, "U-17 a stranger of the same town reads nothing");
    is (refused (region, "contact_route_test", &test), "not_for_you", "...and tries nothing");
    as_foreigner (region);
    ok (!view (region, HOSPITAL).office, "R1: nor does one of another town");
    ok (harness_sees (region->harness, "select count(*) from contact_route") == 0 && harness_sees (region->harness,
        "select count(*) from contact_route_call") == 0,
        "R1: at database level nothing is there");
    stolen.office_id = FOREIGN_OFFICE;
    is (refused (region, "contact_route_put", &stolen), "not_for_you", "R1: another town's route is not taken over by its id");
    as_deputy (region);
    stolen.office_id = CLINIC_2;
    is (refused (region, "contact_route_put", &stolen), "not_for_you", "...nor by another office of the town");
    is (refused (region, "contact_route_remove", &gone), "not_for_you", "...nor taken away");
    stolen.office_id = ID ("ff");
    is (refused (region, "contact_route_put", &stolen), "not_for_you", "an office that does not exist");
    as_rota_clerk (region);
    ok (view (region, HOSPITAL).routes.count == 2 && view (region, HOSPITAL).may_edit, "the rota office of the town keeps them");
    as_nurse (region);
    is (refused (region, "contact_route_remove", &gone), "not_for_role", "a nurse does not");
}

static void test_changed (struct region *region)
{
    struct contact_route_put night = night_of (HOSPITAL, ROUTE ("1"));
    const struct contact_route_remove gone = { .office_id = HOSPITAL, .route_id = ROUTE ("1") };
    struct contact_route_test test = by_hand (HOSPITAL, ROUTE ("1"), TEST ("7"), true, NULL);

    as_liaison (region);
    must (region, "contact_route_test", &test);
    night.note = "内線 2";
    must (region, "contact_route_put", &night);
    ok (!view (region, HOSPITAL).routes.items[1].needs_check, "another note leaves it as tried");
    forward (region, 60);
    night.address = "011-000-0099";
    must (region, "contact_route_put", &night);
    ok (view (region, HOSPITAL).routes.items[1].needs_check && view (region, HOSPITAL).routes.items[1].calls.count == 0
        && !view (region, HOSPITAL).routes.items[1].has_succeeded_at, "U-17 another number has to be tried anew");
    is (refused (region, "contact_route_remove", &gone), "accepted", "a route is taken away");
    is (refused (region, "contact_route_remove", &gone), "accepted", "...a second time, too");
    is_number ((int64_t) view (region, HOSPITAL).routes.count, 1, "...and shown no more");
    is (refused (region, "contact_route_put", &night), "not_for_you", "its id is not used again");
    test.test_id = TEST ("8");
    is (refused (region, "contact_route_test", &test), "not_for_you", "...nor is it tried");
    ok (number (region, "select count(*) from contact_route_call") > 3, "its trials stay");
}

int main (void)
{
    struct region *region = region_open ();

    harness_empty (region->harness, "contact_route, contact_route_call");
    add_office (region, HOSPITAL, "中央病院", TOWN, "011-000-0031");
    add_person (region, ID ("5a"), LIAISON, "地域 連子", HOSPITAL, TOWN, ROLE_HOSPITAL_LIAISON);
    HEAR (region, "sharing", designated_hospital_changed, PATIENT, TOWN, .patient_id = PATIENT, .facility = "中央病院", .office_id = HOSPITAL,
          .phone = "011-000-0031", .parallel_notice = false, .agreed = true);
    open_fakes (region);
    add_fake ("voice", FAKE_BIT (VOICE), SENT_DELIVERED);
    test_stored (region);
    test_by_hand (region);
    test_by_machine (region);
    test_both_sides (region);
    test_strangers (region);
    test_changed (region);
    harness_close (&region->harness);
    return done ();
}
