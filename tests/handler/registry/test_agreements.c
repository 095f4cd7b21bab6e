/* Agreements between municipalities (KU-07, KU-08): what is not agreed is not there at database level, whatever a program asks; with an
 * agreement exactly the agreed kinds, for the agreed professions, until its last day; the end is said before. */
#include "jobs.h"
#include "people.h"

static struct arena arena;

#define CLINIC "0190a3b4-0000-7000-8000-00000000f001"
#define ITEMS "0190a3b4-0000-7000-8000-00000000c002"
enum { RECORDS = AGREEMENT_KIND_PATIENT_RECORDS, OF_ITEMS = AGREEMENT_KIND_FACILITY_ITEMS, OF_CONSENTS = AGREEMENT_KIND_FACILITY_CONSENTS };
static const int64_t day_us = 86400 * (int64_t) 1000000;

static void as_officer (void) { act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER); }
static void as_neighbour (void) { act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER); }
static void as_neighbours_nurse (void) { act (PERSON (4), OFFICE (3), "012025", ROLE_VISITING_NURSE); }

static const char *day (int days)
{
    char *text = arena_alloc (&arena, 11);

    day_number_text (tokyo_of (harness_now (harness)).day_number + days, text);
    return text;
}

static const char *agree_on (const char *id, int kind, int role, const char *to)
{
    struct agreement_put put = { .agreement_id = id, .giving = "011002", .receiving = "012025", .from = day (-1), .to = to,
                                 .kinds = { &kind, kind != 0 }, .professions = { &role, role != 0 } };

    act_as_operator ();
    err = (struct error) { 0 };
    return harness_call (harness, "agreement_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static void give (int item, enum item_answer answer)
{
    struct facility_item_given given = { .item = item, .answer = answer };
    struct facility_items_put put = { .facility_id = CLINIC, .items = { &given, 1 }, .source = ITEM_SOURCE_SURVEY };

    must (harness_call (harness, "facility_items_put", &put, NULL, &err), "item");
}

/* A clinic of the one municipality with three answers nobody may see, one of them changed since, and a consent to nothing. */
static void open_clinic (void)
{
    const int item = FACILITY_ITEM_HOUSE_CALLS;
    struct facility_consent_put none = { .facility_id = CLINIC, .items = { &item, 1 }, .given_by = "院長", .given_on = "2026-01-15" };

    harness_sql (harness, "truncate facility cascade");
    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, municipality, name, phone_doubtful, source, provenance,"
        " content, search, sort_key, grams) values ('" CLINIC "', '0112345678', '診療所', '011002', '011002', '見本の家', false, 'kaigo-jigyosho',"
        " '{}', gen_random_uuid (), '見本の家', '見本の家', '{}')");
    must (put_person (2, "係 一郎", "カカリ イチロウ", "kakari@city.example"), "person");
    must (put_person (3, "隣 次郎", "トナリ ジロウ", "tonari@town.example"), "person");
    must (put_person (4, "隣 看子", "トナリ カンコ", "kanko@town.example"), "person");
    must (put_membership (2, 2, ROLE_MUNICIPAL_OFFICER), "membership");
    must (put_membership (3, 3, ROLE_MUNICIPAL_OFFICER), "membership");
    must (put_membership (4, 3, ROLE_VISITING_NURSE), "membership");
    as_officer ();
    give (FACILITY_ITEM_HOUSE_CALLS, ITEM_ANSWER_NO);
    give (FACILITY_ITEM_HOUSE_CALLS, ITEM_ANSWER_YES);
    give (FACILITY_ITEM_RESPIRATOR, ITEM_ANSWER_YES);
    give (FACILITY_ITEM_TUBE_FEEDING, ITEM_ANSWER_NO);
    must (harness_call (harness, "facility_consent_put", &none, NULL, &err), "consent");
}

/* What a program of ours would get that asks wrongly: everything, without naming a municipality, or naming the other one. */
static const char *seen (void)
{
    static char text[80];

    snprintf (text, sizeof text, "%d items, %d of before, %d by another way, %d consents",
              (int) harness_sees (harness, "select count(*) from facility_item"),
              (int) harness_sees (harness, "select count(*) from facility_item where keeper = '011002' and until_at is not null or false"),
              (int) harness_sees (harness, "select count(*) from facility f left join facility_item i on i.facility_id = f.facility_id"
                                           " where i.shown_to = 0 or i.set_by is not null"),
              (int) harness_sees (harness, "select count(*) from facility_consent"));
    return text;
}

static const char *const nothing = "0 items, 0 of before, 0 by another way, 0 consents";
static const char *const items = "3 items, 0 of before, 3 by another way, 0 consents";

static void without (void)
{
    as_officer ();
    is (seen (), "4 items, 1 of before, 4 by another way, 1 consents", "who keeps the record reads all of it");
    as_neighbour ();
    is (seen (), nothing, "KU-07 without an agreement another municipality's unpublished items are not there, whatever is asked");
    is (agree_on (AGREEMENT, 0, 0, NULL), "taken", "KU-08 an agreement that names no kind");
    is (harness_text (harness, "select kinds::text from agreement"), "{patient_records}", "...is on people's records, as ever");
    as_neighbour ();
    is (seen (), nothing, "KU-08 an agreement on people's records opens no facility");
}

static void with (void)
{
    struct facility_answer answer = { 0 };

    is (agree_on (ITEMS, OF_ITEMS, ROLE_MUNICIPAL_OFFICER, day (70)), "taken", "KU-08 one on unpublished items, for officers, to a day");
    as_neighbour ();
    is (seen (), items, "KU-08 an officer there reads what holds today, and no consents");
    must (harness_call (harness, "facility", &(struct facility) { .facility_id = CLINIC }, &answer, &err), "facility");
    ok (answer.items.count == 3 && answer.consents.count == 0 && !answer.may_edit, "KU-08 ...on the page, too, and changes nothing");
    as_neighbours_nurse ();
    is (seen (), nothing, "KU-08 a nurse there reads nothing: the profession is not agreed");
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    is (seen (), nothing, "...nor does a nurse of the own municipality");
    harness_sql (harness, "update facility_item set keeper = '012025' where item = %d", FACILITY_ITEM_TUBE_FEEDING);
    as_officer ();
    is_number (harness_sees (harness, "select count(*) from facility_item where keeper = '012025'"), 0, "KU-08 it opens one way only");
    harness_sql (harness, "update facility_item set keeper = '011002'");
    is (agree_on (ITEMS, OF_CONSENTS, 0, day (70)), "taken", "KU-08 its kind changes");
    as_neighbour ();
    is (seen (), "0 items, 0 of before, 0 by another way, 1 consents", "KU-08 ...and exactly the agreed kind is open");
    is (agree_on (ITEMS, OF_ITEMS, ROLE_MUNICIPAL_OFFICER, day (70)), "taken", "...and back");
}

static void written_to (void)
{
    struct facility_item_given given = { .item = FACILITY_ITEM_RESPIRATOR, .answer = ITEM_ANSWER_NO };
    struct facility_items_put put = { .facility_id = CLINIC, .items = { &given, 1 }, .source = ITEM_SOURCE_SURVEY };

    as_neighbour ();
    ok (harness_call (harness, "facility_items_put", &put, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "KU-08 to read is not to write");
    is_number (harness_sees (harness, "select count(*) from facility_item where facility_id = '" CLINIC "'"), 3, "...nothing has changed");
}

static void people (void)
{
    struct session_opened session;

    act_as_operator ();
    must (put_account (4, "Nurse.Tonari", PASSWORD), "account");
    session = log_in ("Nurse.Tonari");
    is (harness_text (harness, "select split_part (context, '|', 5) from session_actor (sha256 ('%s'))", session.session_token), "011002,012025",
        "KU-08 an agreement on people's records opens the municipality to every profession");
    is (agree_on (AGREEMENT, RECORDS, ROLE_DOCTOR, NULL), "taken", "...changed to doctors only");
    is (harness_text (harness, "select split_part (context, '|', 5) from session_actor (sha256 ('%s'))", session.session_token), "012025",
        "KU-08 ...it is closed to a nurse");
}

static const char *said (void)
{
    static char text[40];
    struct agreement_ending event = { 0 };

    must (harness_job (harness, "agreement_warnings", &err), "job");
    if (harness_last_event (harness, &agreement_ending_message, &event) < 0)
        return "nothing";
    snprintf (text, sizeof text, "%d times, %d days", (int) harness_events (harness, &agreement_ending_message), (int) event.days);
    return text;
}

static void at (int days) { harness_clock (harness, days * day_us); }

static void ending (void)
{
    is (said (), "nothing", "KU-08 70 days before the end nothing is said");
    at (10);
    is (said (), "1 times, 60 days", "KU-08 60 days before both sides are warned");
    at (20);
    is (said (), "1 times, 60 days", "...once");
    at (63);
    is (said (), "2 times, 7 days", "KU-08 a region that was down says the last step only");
    at (64);
    is (said (), "2 times, 7 days", "...once");
    at (70);
    as_neighbour ();
    is (seen (), items, "KU-08 on the last day it holds");
    at (71);
    is (seen (), nothing, "KU-08 the day after it is over: nothing is there any more");
    is (said (), "2 times, 7 days", "...nothing is said of what is over");
    at (0);
    is (agree_on (ITEMS, OF_ITEMS, ROLE_MUNICIPAL_OFFICER, day (30)), "taken", "another end");
    is (agree_on ("0190a3b4-0000-7000-8000-00000000c003", OF_ITEMS, 0, NULL), "taken", "...but renewed already");
    is (said (), "2 times, 7 days", "KU-08 what is renewed already ends for nobody");
}

static void listed (void)
{
    struct agreement_list_answer answer = { 0 };

    as_neighbour ();
    must (harness_call (harness, "agreement_list", &(struct agreement_list) { 0 }, &answer, &err), "list");
    ok (answer.agreements.count == 3 && !answer.may_edit && strcmp (answer.agreements.items[0].giving_name, "見本市") == 0,
        "KU-08 an officer finds the agreements of the own municipality");
    act (PERSON (4), OFFICE (3), "019992", ROLE_MUNICIPAL_OFFICER);
    must (harness_call (harness, "agreement_list", &(struct agreement_list) { 0 }, &answer, &err), "list");
    is_number ((int64_t) answer.agreements.count, 0, "...and no others");
    as_neighbours_nurse ();
    ok (harness_call (harness, "agreement_list", &(struct agreement_list) { 0 }, &answer, &err) < 0, "a nurse asks for none");
}

int main (void)
{
    open_region ();
    open_clinic ();
    without ();
    with ();
    written_to ();
    people ();
    ending ();
    listed ();
    close_region ();
    arena_done (&arena);
    return done ();
}
