/* The record of a facility (guide, table 1): what is written down, from where, since when, and whom the facility lets read it (A-01 ... A-15,
 * S-30). */
#include "people.h"

#define CLINIC "0190a3b4-0000-7000-8000-00000000f001"
#define STATION "0190a3b4-0000-7000-8000-00000000f002"
#define FAR_AWAY "0190a3b4-0000-7000-8000-00000000f003"

static void as_officer (void) { act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER); }
static void as_nurse (void) { act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE); }
static void as_neighbour (void) { act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER); }
static void as_manager (void) { act (PERSON (4), OFFICE (2), "011002", ROLE_SERVICE_MANAGER); }

static void put_facility (const char *id, const char *number, const char *service, const char *keeper)
{
    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, municipality, name, phone, phone_doubtful, source,"
        " provenance, content, search, sort_key, grams) values ('%s', '%s', '%s', '%s', nullif ('%s', ''), '見本の家', '0112223333', false,"
        " 'kaigo-jigyosho', '{}', gen_random_uuid (), '見本の家', '見本の家', '{見本,本の,の家}')", id, number, service, *keeper ? keeper : "131016", keeper);
    harness_sql (harness, "insert into subject (id, version) values ('%s', 1) on conflict do nothing", id);
}

/* Row-level security asks the membership, not the made-up session. */
static void open_facilities (void)
{
    harness_sql (harness, "truncate facility cascade");
    put_facility (CLINIC, "0112345678", "診療所", "011002");
    put_facility (STATION, "0160100001", "訪問看護", "011002");
    put_facility (FAR_AWAY, "1310100001", "訪問介護", "");
    must (put_person (2, "係 一郎", "カカリ イチロウ", "kakari@city.example"), "person");
    must (put_person (3, "隣 次郎", "トナリ ジロウ", "tonari@town.example"), "person");
    must (put_person (4, "管理 三郎", "カンリ サブロウ", "kanri@clinic.example"), "person");
    must (put_membership (2, 2, ROLE_MUNICIPAL_OFFICER), "membership");
    must (put_membership (3, 3, ROLE_MUNICIPAL_OFFICER), "membership");
    harness_sql (harness, "update office set facility_number = '0112345678' where office_id = '%s'", OFFICE (2));
}

static const char *put_of (const char *facility, struct facility_item_given given, enum item_source source)
{
    struct facility_items_put put = { .facility_id = facility, .items = { &given, 1 }, .source = source, .source_date = "2026-01-15" };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_items_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static struct facility_item_given yes (int item) { return (struct facility_item_given) { .item = item, .answer = ITEM_ANSWER_YES }; }

static const char *allow (int item, int64_t count, const int *audiences)
{
    struct facility_consent_put put = { .facility_id = CLINIC, .items = { &item, 1 }, .audiences = { audiences, (size_t) count },
                                        .given_by = "院長 見本 太郎", .given_on = "2026-01-15" };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_consent_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static struct facility_answer view (const char *facility)
{
    struct facility_answer answer = { 0 };

    if (harness_call (harness, "facility", &(struct facility) { .facility_id = facility }, &answer, &err) < 0)
        note ("%s %s", error_name_of (&err), err.detail);
    return answer;
}

static size_t shown (const char *facility) { return view (facility).items.count; }
static int64_t told (void) { return harness_events (harness, &facility_changed_message); }

static void written (void)
{
    struct facility_item_given calls = yes (FACILITY_ITEM_HOUSE_CALLS);
    struct facility_answer answer;
    int64_t before = told ();

    as_officer ();
    answer = view (CLINIC);
    ok (answer.may_edit && answer.kind == FACILITY_KIND_HOME_MEDICINE && answer.items.count == 0, "A-01 a facility may be known by name and address only");
    is_number ((int64_t) answer.unknown.count, 14, "A-09 what has to be asked: everything but the published telephone");
    calls.has_performed = calls.performed = true;
    calls.text = "16キロ以内";
    is (put_of (CLINIC, calls, ITEM_SOURCE_SURVEY), "taken", "A-02 house calls: yes, done, in words");
    is (put_of (CLINIC, (struct facility_item_given) { .item = FACILITY_ITEM_RESPIRATOR, .answer = ITEM_ANSWER_NO }, ITEM_SOURCE_SURVEY), "taken",
        "A-03 respirators: no");
    answer = view (CLINIC);
    ok (answer.items.count == 2 && answer.items.items[0].item == FACILITY_ITEM_HOUSE_CALLS && answer.items.items[0].performed
        && strcmp (answer.items.items[0].text, "16キロ以内") == 0 && answer.items.items[1].answer == ITEM_ANSWER_NO,
        "A-02 ...as it was written");
    ok (answer.items.items[0].source == ITEM_SOURCE_SURVEY && strcmp (answer.items.items[0].source_date, "2026-01-15") == 0,
        "A-07 with its source and the source's day");
    ok (!answer.items.items[0].has_confirmed_at && answer.items.items[0].changed_at > 0, "A-22 ...changed, not confirmed");
    is_number ((int64_t) answer.unknown.count, 12, "A-09 two items less to ask");
    is_number (told (), before + 2, "A-29 each change is told");
    is (put_of (CLINIC, calls, ITEM_SOURCE_SURVEY), "taken", "the same a second time");
    is_number (told (), before + 2, "...is not told again");
    is_number (harness_number (harness, "select count(*) from facility_item"), 2, "...nor written");
}

static void apart (void)
{
    struct facility_item_given notified = yes (FACILITY_ITEM_END_OF_LIFE_NURSING), own = { .item = FACILITY_ITEM_END_OF_LIFE_NURSING, .answer = ITEM_ANSWER_NO };

    notified.has_notified = notified.notified = true;
    is (put_of (STATION, notified, ITEM_SOURCE_PREFECTURE), "taken", "A-05 notified: yes");
    is (put_of (STATION, own, ITEM_SOURCE_SURVEY), "taken", "A-05 the station itself: no");
    is_number ((int64_t) view (STATION).items.count, 2, "A-05 both stand");
    is (put_of (STATION, yes (FACILITY_ITEM_HOUSE_CALLS), ITEM_SOURCE_SURVEY), "field_unknown_choice", "a station makes no house calls");
    is (err.fields[0].pointer, "/items/0/item", "...the field is named");
    is (put_of (FAR_AWAY, (struct facility_item_given) { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_NO }, ITEM_SOURCE_SURVEY), "not_for_you",
        "an officer writes nothing about a facility outside the region");
}

static void confirmed (void)
{
    int64_t changed = view (CLINIC).items.items[0].changed_at;
    struct facility_answer answer;

    must (harness_call (harness, "facility_confirm", &(struct facility_confirm) { .facility_id = CLINIC }, NULL, &err), "confirm");
    answer = view (CLINIC);
    ok (answer.items.items[0].has_confirmed_at && answer.items.items[1].has_confirmed_at && answer.items.items[0].changed_at == changed,
        "A-22, A-23 no change: one action confirms everything and changes nothing");
    is_number (harness_number (harness, "select count(*) from facility_item where facility_id = '" CLINIC "' and until_at is not null"), 2,
               "A-30 what stood before is kept, with its end");
    is (put_of (CLINIC, (struct facility_item_given) { .item = FACILITY_ITEM_HOUSE_CALLS, .answer = ITEM_ANSWER_NO }, ITEM_SOURCE_SURVEY), "taken",
        "house calls end");
    answer = view (CLINIC);
    ok (answer.items.items[0].answer == ITEM_ANSWER_NO && answer.items.items[0].changed_at > changed && answer.items.items[0].has_confirmed_at,
        "A-22 a change moves changed, not confirmed");
    ok (harness_call (harness, "facility_confirm", &(struct facility_confirm) { .facility_id = FAR_AWAY }, NULL, &err) < 0
        && err.key == ERROR_NOT_FOR_YOU, "what one does not keep one does not confirm");
}

static void allowed (void)
{
    const int professionals[] = { AUDIENCE_PROFESSIONALS }, both[] = { AUDIENCE_ADMINISTRATION, AUDIENCE_PROFESSIONALS };
    int64_t before;

    as_nurse ();
    is_number ((int64_t) shown (CLINIC), 0, "A-13 without consent a nurse reads no item");
    ok (!view (CLINIC).may_edit && view (CLINIC).unknown.count == 0 && view (CLINIC).consents.count == 0, "...nor what is missing or allowed");
    is_number (harness_sees (harness, "select count(*) from facility_item"), 0, "A-13 ...at database level neither");
    is_number (harness_sees (harness, "select count(*) from facility_consent"), 0, "...nor the consents");
    as_officer ();
    before = told ();
    is (allow (FACILITY_ITEM_HOUSE_CALLS, 1, professionals), "taken", "A-13 the clinic allows one item to professionals");
    is_number (told (), before + 1, "A-29 ...which is told");
    is (allow (FACILITY_ITEM_HOUSE_CALLS, 1, professionals), "taken", "the same again");
    is_number (told (), before + 1, "...is not told");
    ok (view (CLINIC).consents.count == 1 && strcmp (view (CLINIC).consents.items[0].given_by, "院長 見本 太郎") == 0,
        "S-30 who of the clinic said so stands beside it");
    as_nurse ();
    ok (shown (CLINIC) == 1 && view (CLINIC).items.items[0].item == FACILITY_ITEM_HOUSE_CALLS, "A-13 the nurse reads that one item");
    is_number (harness_sees (harness, "select count(*) from facility_item where until_at is not null"), 0, "...and no older answers to it");
    as_neighbour ();
    is_number ((int64_t) shown (CLINIC), 0, "A-13, A-15 the neighbouring administration does not");
    as_officer ();
    is (allow (FACILITY_ITEM_HOUSE_CALLS, 2, both), "taken", "A-13 the administration, too");
    as_neighbour ();
    is_number ((int64_t) shown (CLINIC), 1, "A-15 ...reads it then");
    as_officer ();
    is (allow (FACILITY_ITEM_HOUSE_CALLS, 0, NULL), "taken", "A-14 the clinic withdraws");
    as_nurse ();
    is_number ((int64_t) shown (CLINIC), 0, "A-14 the next reading shows it no more");
    is_number (harness_sees (harness, "select count(*) from facility_item"), 0, "A-14 ...at database level neither");
    as_officer ();
    is (put_of (CLINIC, yes (FACILITY_ITEM_HOUSE_CALLS), ITEM_SOURCE_SURVEY), "taken", "a new answer after the withdrawal");
    as_nurse ();
    is_number ((int64_t) shown (CLINIC), 0, "A-14 ...does not open it again");
}

static void published (void)
{
    as_officer ();
    is (put_of (CLINIC, yes (FACILITY_ITEM_DENTAL_VISITS), ITEM_SOURCE_PUBLISHED), "taken", "what the ministry publishes");
    as_nurse ();
    ok (shown (CLINIC) == 1 && view (CLINIC).items.items[0].item == FACILITY_ITEM_DENTAL_VISITS, "...needs no consent for professionals");
}

static void own_office (void)
{
    as_manager ();
    is (put_of (CLINIC, yes (FACILITY_ITEM_TUBE_FEEDING), ITEM_SOURCE_OWN), "not_for_you", "without a membership the database lets nobody write");
    act_as_operator ();
    must (put_membership (4, 2, ROLE_SERVICE_MANAGER), "membership");
    as_manager ();
    is (put_of (CLINIC, yes (FACILITY_ITEM_TUBE_FEEDING), ITEM_SOURCE_OWN), "taken", "the clinic's own manager writes its record");
    is (put_of (STATION, yes (FACILITY_ITEM_FAX), ITEM_SOURCE_OWN), "not_for_you", "...and no other's");
    ok (view (CLINIC).may_edit && view (CLINIC).items.count == 4, "...and reads all of it");
    as_neighbour ();
    is (put_of (CLINIC, yes (FACILITY_ITEM_TUBE_FEEDING), ITEM_SOURCE_SURVEY), "not_for_you", "another municipality's officer does not");
    is (put_of ("0190a3b4-0000-7000-8000-00000000f0ff", yes (FACILITY_ITEM_FAX), ITEM_SOURCE_SURVEY), "not_for_you", "a facility that does not exist looks alike");
    as_nurse ();
    is (put_of (CLINIC, yes (FACILITY_ITEM_TUBE_FEEDING), ITEM_SOURCE_SURVEY), "not_for_role", "a nurse writes none");
}

static const char *found_by (const char *items, const char *text, const char *municipality)
{
    struct facility_search query = { .items = items, .text = text, .municipality = municipality };
    struct facility_search_answer answer = { 0 };

    err = (struct error) { 0 };
    if (harness_call (harness, "facility_search", &query, &answer, &err) < 0)
        return error_name_of (&err);
    if (answer.count != (int64_t) answer.facilities.count)
        return "count and list differ";
    return answer.count == 0 ? "none" : answer.count > 1 ? "several" : answer.facilities.items[0].facility_id;
}

/* The clinic makes house calls and feeds by tube, has no respirators; the station is notified for nursing at the end of life and denies it. */
static void found (void)
{
    const int professionals[] = { AUDIENCE_PROFESSIONALS };

    as_officer ();
    is (found_by ("house_calls", NULL, NULL), CLINIC, "A-02 by one thing a facility can do");
    is (found_by ("tube_feeding,house_calls,house_calls", NULL, NULL), CLINIC, "A-02 by several, in any order");
    is (found_by ("house_calls,respirator", NULL, NULL), "none", "A-02 ...all of which it must be able to do: no is not yes");
    is (found_by ("end_of_life_nursing", NULL, NULL), STATION, "A-05 by what is notified");
    is (found_by ("house_calls", "見本", "011002"), CLINIC, "A-02 with part of the name and the municipality");
    is (found_by ("house_calls", "無い名", NULL), "none", "...and not under another name");
    is (found_by ("house_calls", NULL, "131016"), "none", "...nor in another place");
    is (found_by ("flying", NULL, NULL), "field_unknown_choice", "what is no item is refused");
    is (err.fields[0].pointer, "/items", "...the field is named");
    as_nurse ();
    is (found_by ("house_calls", NULL, NULL), "none", "A-13 what a facility does not allow is no search hit either");
    as_officer ();
    is (allow (FACILITY_ITEM_HOUSE_CALLS, 1, professionals), "taken", "the clinic allows it");
    as_nurse ();
    is (found_by ("house_calls", NULL, NULL), CLINIC, "A-13 ...and is found by it");
    is (found_by ("house_calls,tube_feeding", NULL, NULL), "none", "A-13 ...not by what it does not allow beside");
    as_officer ();
    is (allow (FACILITY_ITEM_HOUSE_CALLS, 0, NULL), "taken", "the clinic withdraws");
    as_nurse ();
    is (found_by ("house_calls", NULL, NULL), "none", "A-14 ...and is found by it no more");
}

/* The next file says that the clinic stands in the neighbouring town, or that town has joined the region. */
static void moved (void)
{
    harness_sql (harness, "update facility set municipality = '012025' where facility_id = '" CLINIC "'");
    act (PERSON (2), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER);
    is_number ((int64_t) shown (CLINIC), 0, "without a membership there the new keeper's office is not his");
    as_neighbour ();
    is_number ((int64_t) shown (CLINIC), 4, "the new keeper reads the whole record");
    is (put_of (CLINIC, (struct facility_item_given) { .item = FACILITY_ITEM_HOUSE_CALLS, .answer = ITEM_ANSWER_NO }, ITEM_SOURCE_SURVEY), "taken",
        "...and goes on with it");
    is_number (harness_number (harness, "select count(*) from facility_item where facility_id = '" CLINIC "' and item = 2 and until_at is null"), 1,
               "...in place of what stood there");
    harness_sql (harness, "update facility set municipality = '011002' where facility_id = '" CLINIC "'");
}

int main (void)
{
    open_region ();
    open_facilities ();
    written ();
    apart ();
    confirmed ();
    allowed ();
    published ();
    own_office ();
    moved ();
    as_officer ();
    is (put_of (CLINIC, yes (FACILITY_ITEM_HOUSE_CALLS), ITEM_SOURCE_SURVEY), "taken", "house calls again");
    found ();
    close_region ();
    return done ();
}
