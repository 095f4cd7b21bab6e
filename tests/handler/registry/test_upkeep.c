/* Keeping records current and asking what is not known (A-09 ... ..., N-58): letters to facilities, their answers by
 * link, on paper and on the own page, reminders, surveys, changes that wait for approval, the report. */
#include "people.h"
#include "link_token.h"

#define CLINIC "0190a3b4-0000-7000-8000-00000000f001"
#define STATION "0190a3b4-0000-7000-8000-00000000f002"
#define NEIGHBOUR "0190a3b4-0000-7000-8000-00000000f003"
#define SURVEY "0190a3b4-0000-7000-8000-00000000e001"
#define DAY_US (86400ll * SECOND_US)

static int64_t passed;          /* days since the test began */

static void as_officer (void) { act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER); }
static void as_neighbour (void) { act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER); }
static void as_manager (void) { act (PERSON (4), OFFICE (1), "011002", ROLE_SERVICE_MANAGER); }
static void as_nurse (void) { act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE); }
static void as_nobody (void) { harness_as (harness, NULL); }

static void pass_days (int64_t days)
{
    passed += days;
    harness_clock (harness, passed * DAY_US);
}

static void put_facility (const char *id, const char *number, const char *service, const char *keeper, const char *email)
{
    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, municipality, name, phone, phone_doubtful, email, source,"
        " provenance, content, search, sort_key, grams) values ('%s', '%s', '%s', '%s', '%s', '見本の家', '0112223333', false, nullif ('%s', ''),"
        " 'kaigo-jigyosho', '{}', gen_random_uuid (), '見本の家', '見本の家', '{}')", id, number, service, keeper, keeper, email);
    harness_sql (harness, "insert into facility_service (service, folded, count) values ('%s', '%s', 1) on conflict do nothing", service, service);
}

static void open_facilities (void)
{
    harness_sql (harness, "truncate facility, facility_service, upkeep_setting, upkeep_effort, survey cascade");
    self.links = (struct link_key) { .set = true, .bytes = { 9 }, .base = "https://region.example" };
    put_facility (CLINIC, "0112345678", "診療所", "011002", "clinic@example.invalid");
    put_facility (STATION, "0160100001", "訪問看護", "011002", "");
    put_facility (NEIGHBOUR, "0160100002", "訪問看護", "012025", "station@example.invalid");
    must (put_person (2, "係 一郎", "カカリ イチロウ", "kakari@city.example"), "person");
    must (put_person (3, "隣 次郎", "トナリ ジロウ", "tonari@town.example"), "person");
    must (put_person (4, "管理 三郎", "カンリ サブロウ", "kanri@clinic.example"), "person");
    must (put_membership (2, 2, ROLE_MUNICIPAL_OFFICER), "membership");
    must (put_membership (3, 3, ROLE_MUNICIPAL_OFFICER), "membership");
    must (put_membership (4, 1, ROLE_SERVICE_MANAGER), "membership");
    harness_sql (harness, "update office set facility_number = '0160100001' where office_id = '%s'", OFFICE (1));
}

static const char *send (const char *message, const void *in, void *answer)
{
    err = (struct error) { 0 };
    return harness_call (harness, message, in, answer, &err) == 0 ? "taken" : error_name_of (&err);
}

static const char *put_item (const char *facility, int item, enum item_answer answer, const char *text, int64_t seconds)
{
    struct facility_item_given given = { .item = item, .answer = answer, .text = text };
    struct facility_items_put put = { .facility_id = facility, .items = { &given, 1 }, .source = ITEM_SOURCE_OWN, .has_seconds = true, .seconds = seconds };

    return send ("facility_items_put", &put, NULL);
}

static bool is_due (const char *facility)
{
    struct facility_answer answer = { 0 };

    send ("facility", &(struct facility) { .facility_id = facility }, &answer);
    return answer.facility && answer.facility->confirmation_due;
}

static int64_t due_in_list (void)
{
    struct facility_search_answer answer = { 0 };
    int64_t due = 0;

    send ("facility_search", &(struct facility_search) { 0 }, &answer);
    for (size_t i = 0; i < answer.facilities.count; i++)
        due += answer.facilities.items[i].confirmation_due;
    return due;
}

static int64_t letters (const char *where) { return harness_number (harness, "select count(*) from facility_letter where %s", where); }
static int64_t asked (void) { return harness_events (harness, &facility_letter_wanted_message); }
static void run_job (void) { must (harness_job (harness, "letters", &err), "letters"); }

static const char *token_of (const char *where)
{
    static struct arena arena;
    const char *id = harness_text (harness, "select letter_id from facility_letter where %s", where);

    return id ? link_token (&arena, &self.links, "letter", id) : "none";
}

static const char *code_of (const char *where) { return harness_text (harness, "select code from facility_letter where %s", where); }

/* ---- the regular confirmation --------------------------------------------------------------------------------------------------- */

static void falls_due (void)
{
    as_officer ();
    is (put_item (CLINIC, FACILITY_ITEM_HOUSE_CALLS, ITEM_ANSWER_YES, "16キロ以内", 60), "taken", "the clinic's record begins");
    is (put_item (STATION, FACILITY_ITEM_EMERGENCY_VISITS, ITEM_ANSWER_YES, NULL, 0), "taken", "the station's record begins");
    as_neighbour ();
    is (put_item (NEIGHBOUR, FACILITY_ITEM_EMERGENCY_VISITS, ITEM_ANSWER_YES, NULL, 0), "taken", "the neighbour's record begins");
    harness_sql (harness, "insert into facility_item (facility_id, item, notified, since, answer, source, changed_at, shown_to, keeper, set_by)"
        " values ('" CLINIC "', 3, false, guard.now (), 1, 1, guard.now () - interval '3 years', 3, '011002', '%s')", PERSON (2));
    pass_days (360);
    run_job ();
    is_number (harness_number (harness, "select count(*) from facility_upkeep where counted_from < guard.now () - interval '2 years'"), 0,
               "A-23 what is published is kept current by the next file, not by asking");
    ok (letters ("true") == 0 && !is_due (CLINIC), "A-23 within twelve months nobody is asked");
    pass_days (10);
    as_nurse ();
    ok (is_due (CLINIC) && due_in_list () == 3, "A-23 after twelve months record and list say 要確認, to everybody");
    run_job ();
    is_number (letters ("true"), 3, "A-23 each is asked");
    is_number (asked (), 2, "A-23 ...by e-mail whoever has an address");
    is_number (letters ("facility_id = '" STATION "' and asked = 0 and ask_at is null"), 1, "...and the other waits to be printed");
    run_job ();
    ok (letters ("true") == 3 && asked () == 2, "A-23 a second run asks nobody twice");
    pass_days (29);
    run_job ();
    is_number (asked (), 2, "A-23 no reminder within a month");
    pass_days (1);
    run_job ();
    is_number (asked (), 4, "A-23 after a month the outstanding are reminded");
}

static void told (void)
{
    struct facility_letter_wanted event = { 0 };
    struct letter_view view = { 0 };

    ok (harness_last_event (harness, &facility_letter_wanted_message, &event) == 0 && event.again && event.kind == LETTER_KIND_CONFIRMATION
        && strcmp (event.name, "見本の家") == 0, "N-58 what goes out is the facility's name, and which letter");
    as_nobody ();
    is (send ("letter_open", &(struct letter_open) { .token = token_of ("facility_id = '" CLINIC "'") }, &view), "taken",
        "A-23 the link opens without a log-in");
    harness_sql (harness, "delete from facility_item where facility_id = '" CLINIC "' and item = 3");
    ok (!view.answered && view.kind == LETTER_KIND_CONFIRMATION && strcmp (view.municipality, "見本市") == 0 && view.items.count == 15
        && view.items.items[1].answer == ITEM_ANSWER_YES && strcmp (view.items.items[1].text, "16キロ以内") == 0 && !view.items.items[0].answer,
        "A-11 ...with what is known filled in and what is not known asked");
    is (send ("letter_open", &(struct letter_open) { .token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }, &view), "not_for_you",
        "a token that was not made here opens nothing");
    is_number (harness_number (harness, "select count(*) from facility_letter l where l::text like '%%%s%%'", token_of ("facility_id = '" CLINIC "'")),
               0, "S-20 no token lies in the database");
}

static const char *answer_by_link (const char *token, struct facility_item_given_list items, struct letter_consent_list consents, const char *by)
{
    struct letter_answer message = { .token = token, .items = items, .consents = consents, .given_by = by, .has_seconds = true, .seconds = 120 };

    as_nobody ();
    return send ("letter_answer", &message, NULL);
}

static void no_change (void)
{
    const char *token = token_of ("facility_id = '" CLINIC "'");
    int64_t changed = harness_number (harness, "select guard.to_us (changed_at) from facility_item where facility_id = '" CLINIC "' and until_at is null");
    struct letter_view view = { 0 };

    is (answer_by_link (token, (struct facility_item_given_list) { 0 }, (struct letter_consent_list) { 0 }, " "), "text_empty",
        "somebody of the facility has to say so");
    is (answer_by_link (token, (struct facility_item_given_list) { 0 }, (struct letter_consent_list) { 0 }, "院長"), "taken",
        "A-23 no change: one action by the link");
    is_number (harness_number (harness, "select guard.to_us (changed_at) from facility_item where facility_id = '" CLINIC "' and until_at is null"),
               changed, "A-22 ...which changes nothing");
    as_nurse ();
    ok (!is_due (CLINIC) && is_due (STATION), "A-23 ...and confirms it; the others stay 要確認");
    is (answer_by_link (token, (struct facility_item_given_list) { 0 }, (struct letter_consent_list) { 0 }, "院長"), "letter_answered",
        "the link is used up");
    as_nobody ();
    send ("letter_open", &(struct letter_open) { .token = token }, &view);
    ok (view.answered && view.items.count == 0, "...and shows nothing of the record any more");
    is_number (letters ("way = 1 and answered_by = '院長' and set_by is null"), 1, "who answered stands beside it");
}

static void on_paper (void)
{
    struct letter_view view = { 0 };
    struct file_answer file = { 0 };
    struct letters_sent sent = { 0 };
    char typed[40];
    const char *code = code_of ("facility_id = '" STATION "'");

    as_officer ();
    is (send ("letter_papers", &(struct letter_papers) { 0 }, &file), "taken", "A-11 the outstanding form is printed");
    ok (file.body.size > 1000 && memcmp (file.body.data, "%PDF", 4) == 0, "...as a PDF");
    is (send ("letters_send", &(struct letters_send) { .way = LETTER_WAY_PAPER }, &sent), "taken", "...and noted as sent");
    is_number (sent.letters, 1, "A-12 only the one that was outstanding");
    send ("letters_send", &(struct letters_send) { .way = LETTER_WAY_PAPER }, &sent);
    is_number (sent.letters, 0, "A-23 nobody is asked twice within a month");
    snprintf (typed, sizeof typed, "%.4s - %s", code, code + 4);
    for (char *c = typed; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char) (*c - 'A' + 'a');
    is (send ("letter_find", &(struct letter_find) { .code = typed }, &view), "taken", "A-11 the return code finds the letter, however it is typed");
    is (view.facility_id, STATION, "...of that facility");
    as_neighbour ();
    is (send ("letter_find", &(struct letter_find) { .code = typed }, &view), "not_for_you", "another municipality does not find it");
    is (send ("letter_type", &(struct letter_type) { .code = typed, .given_by = "所長" }, NULL), "not_for_you", "...nor answers it");
    as_officer ();
    is (send ("letter_type", &(struct letter_type) { .code = typed, .given_by = "所長" }, NULL), "taken", "A-11 what came back is typed");
    is (send ("letter_type", &(struct letter_type) { .code = typed, .given_by = "所長" }, NULL), "letter_answered", "...once");
    ok (!is_due (STATION) && letters ("way = 2 and answered_by = '所長'") == 1, "A-23 the station is confirmed");
}

static void on_the_own_page (void)
{
    pass_days (370);
    run_job ();
    as_manager ();
    ok (is_due (STATION), "A-23 a year later it is due again");
    is (send ("facility_confirm", &(struct facility_confirm) { .facility_id = STATION, .has_seconds = true, .seconds = 40 }, NULL), "taken",
        "A-23 the office confirms on its own page");
    ok (!is_due (STATION) && letters ("facility_id = '" STATION "' and way = 3") == 1, "...and the letter is answered");
    pass_days (61);
    as_nobody ();
    is (send ("letter_open", &(struct letter_open) { .token = token_of ("facility_id = '" CLINIC "' and answered_at is null") },
              &(struct letter_view) { 0 }), "letter_over", "a link ends");
    pass_days (31);
    run_job ();
    pass_days (31);
    run_job ();
    pass_days (31);
    run_job ();
    is_number (harness_number (harness, "select asked from facility_letter where facility_id = '" CLINIC "' and answered_at is null"), 3,
               "A-23 after three letters it is not asked by itself any more");
}

/* ---- the report, and what waits ------------------------------------------------------------------------------------------------- */

static void reported (void)
{
    struct upkeep_answer report = { 0 };
    const struct upkeep_count *count;

    as_officer ();
    is (put_item (CLINIC, FACILITY_ITEM_TUBE_FEEDING, ITEM_ANSWER_YES, NULL, 600), "taken", "an officer writes for ten minutes");
    is (put_item (CLINIC, FACILITY_ITEM_RESPIRATOR, ITEM_ANSWER_NO, NULL, 99999), "taken", "...leaves a form open over lunch");
    as_manager ();
    is (put_item (STATION, FACILITY_ITEM_FAX, ITEM_ANSWER_YES, "011-222-4444", 180), "taken", "the station writes for three");
    as_officer ();
    is (send ("upkeep", &(struct upkeep) { 0 }, &report), "taken", "A-25 the officer opens the report");
    is_number ((int64_t) report.counts.count, 1, "...of the own municipality");
    count = &report.counts.items[0];
    ok (count->facilities == 2 && count->known == 2 && count->confirmed == 1 && count->overdue == 1 && count->unreachable == 1,
        "A-25 confirmed, overdue, and without an answer to three letters");
    ok (count->officer_minutes == 40 && count->facility_minutes == 3 && count->saves == 3,
        "A-25 minutes of this month by officers and facilities, half an hour a save at most");
    ok (report.overdue.count == 1 && strcmp (report.overdue.items[0].facility_id, CLINIC) == 0 && report.overdue.items[0].asked == 3,
        "A-23 whom to telephone");
    act_as_operator ();
    send ("upkeep", &(struct upkeep) { 0 }, &report);
    is_number ((int64_t) report.counts.count, 2, "A-25 who acts for the region reads every municipality");
}

static void reviewed (void)
{
    const int items[] = { FACILITY_ITEM_END_OF_LIFE_NURSING };
    struct upkeep_setting_put put = { .municipality = "011002", .months = 6, .review_items = { items, 1 } };
    struct item_waiting_settle settle = { .facility_id = STATION, .item = FACILITY_ITEM_END_OF_LIFE_NURSING, .approve = true };
    struct upkeep_answer report = { 0 };

    as_neighbour ();
    is (send ("upkeep_setting_put", &put, NULL), "not_for_you", "another municipality's rules are not set");
    as_officer ();
    is (send ("upkeep_setting_put", &(struct upkeep_setting_put) { .municipality = "011002", .months = 0 }, NULL), "field_out_of_range", "every 0 months");
    is (send ("upkeep_setting_put", &put, NULL), "taken", "A-24 one item has to be approved, A-23 every six months");
    as_manager ();
    is (put_item (STATION, FACILITY_ITEM_END_OF_LIFE_NURSING, ITEM_ANSWER_YES, NULL, 0), "taken", "the station says that it nurses at the end of life");
    is (put_item (STATION, FACILITY_ITEM_HOURS, ITEM_ANSWER_YES, "月から金", 0), "taken", "...and when it is open");
    is_number (harness_number (harness, "select count(*) from facility_item where facility_id = '" STATION "' and item in (13, 17) and until_at is null"),
               1, "A-24 the hours hold at once, the other waits");
    is (put_item (STATION, FACILITY_ITEM_END_OF_LIFE_NURSING, ITEM_ANSWER_YES, "24時間", 0), "taken", "it says so again, with more");
    is (send ("item_waiting_settle", &settle, NULL), "not_for_role", "A-24 nobody approves the own record");
    as_officer ();
    send ("upkeep", &(struct upkeep) { 0 }, &report);
    ok (report.waiting.count == 1 && strcmp (report.waiting.items[0].text, "24時間") == 0, "A-24 the officer sees the last of it");
    is (send ("item_waiting_settle", &settle, NULL), "taken", "A-24 ...approves");
    is (harness_text (harness, "select text from facility_item where facility_id = '" STATION "' and item = 13 and until_at is null"), "24時間",
        "A-24 ...and it holds");
    is (send ("item_waiting_settle", &settle, NULL), "field_missing", "a second time nothing waits");
    is (put_item (STATION, FACILITY_ITEM_END_OF_LIFE_NURSING, ITEM_ANSWER_NO, NULL, 0), "taken", "what the officer writes");
    is_number (harness_number (harness, "select answer from facility_item where facility_id = '" STATION "' and item = 13 and until_at is null"), 2,
               "A-24 ...holds at once");
    is (put_item (CLINIC, FACILITY_ITEM_DENTAL_VISITS, ITEM_ANSWER_NO, NULL, 0), "taken", "another change");
}

/* ---- surveys -------------------------------------------------------------------------------------------------------------------- */

static const char *today (int64_t plus)
{
    static char day[11];

    day_number_text (tokyo_of (harness_now (harness)).day_number + plus, day);
    return day;
}

static struct survey_put prepared (void)
{
    static const int kinds[] = { FACILITY_KIND_HOME_MEDICINE },
        items[] = { FACILITY_ITEM_HOUSE_CALLS, FACILITY_ITEM_TERMINAL_CARE, FACILITY_ITEM_DEPARTMENTS, FACILITY_ITEM_MEETING_HOURS };

    return (struct survey_put) { .survey_id = SURVEY, .municipality = "011002", .title = "在宅医療の調査", .intro = "マップに載せるためにお尋ねします。",
                                 .kinds = { kinds, 1 }, .items = { items, 4 }, .due_on = today (14) };
}

static void survey_opened (void)
{
    struct survey_put put = prepared ();
    struct survey_consult consult = { .survey_id = SURVEY, .body = "見本市医師会", .held_on = today (1), .remark = "項目を4つにしぼる" };
    const struct survey_open open = { .survey_id = SURVEY };
    struct letters_sent sent = { 0 };
    int64_t before = asked ();

    as_officer ();
    is (send ("survey_put", &put, NULL), "taken", "A-32 a survey of four items is prepared");
    is (send ("survey_open", &open, &sent), "consultation_missing", "A-10 it is not opened before a body was consulted");
    is (err.fields[0].pointer, "/consultations", "A-10 ...the missing step is named");
    is (send ("survey_consult", &consult, NULL), "document_date", "a consultation of tomorrow is none");
    consult.held_on = today (-1);
    as_neighbour ();
    is (send ("survey_consult", &consult, NULL), "not_for_you", "another municipality knows no such survey");
    as_officer ();
    is (send ("survey_consult", &consult, NULL), "taken", "A-10 body, date and remark are recorded");
    is (send ("survey_open", &open, &sent), "taken", "A-10 ...and it opens");
    is_number (sent.letters, 1, "of the chosen kind, in the own municipality");
    is (send ("survey_open", &open, &sent), "survey_open", "a second time");
    put.due_on = today (14);
    is (send ("survey_put", &put, NULL), "survey_open", "what is open is not changed");
    run_job ();
    is_number (asked (), before + 1, "A-11 the letter goes by e-mail");
}

static struct survey_answer progress (void)
{
    struct survey_answer answer = { 0 };

    as_officer ();
    send ("survey", &(struct survey) { .survey_id = SURVEY }, &answer);
    return answer;
}

static void survey_answered (void)
{
    const char *token = token_of ("survey_id is not null");
    const int both[] = { AUDIENCE_ADMINISTRATION, AUDIENCE_PROFESSIONALS };
    struct facility_item_given said[] = { { .item = FACILITY_ITEM_TERMINAL_CARE, .answer = ITEM_ANSWER_YES, .has_performed = true, .performed = true } },
        other = { .item = FACILITY_ITEM_TUBE_FEEDING, .answer = ITEM_ANSWER_YES };
    struct letter_consent consents[] = { { .item = FACILITY_ITEM_TERMINAL_CARE, .audiences = { both, 2 } },
                                         { .item = FACILITY_ITEM_HOUSE_CALLS, .audiences = { both, 2 } } };
    struct facility_answer seen = { 0 };
    struct letter_view view = { 0 };
    struct letters_sent sent = { 0 };

    as_nobody ();
    send ("letter_open", &(struct letter_open) { .token = token }, &view);
    ok (view.items.count == 4 && strcmp (view.title, "在宅医療の調査") == 0, "A-11 the form asks the four items only");
    ok (progress ().outstanding == 1 && progress ().returned == 0, "A-12 sent and outstanding");
    send ("letters_send", &(struct letters_send) { .survey_id = SURVEY, .way = LETTER_WAY_LINK }, &sent);
    is_number (sent.letters, 0, "A-12 no reminder on the first day");
    pass_days (8);
    as_officer ();
    send ("letters_send", &(struct letters_send) { .survey_id = SURVEY, .way = LETTER_WAY_LINK }, &sent);
    is_number (sent.letters, 1, "A-12 a week later the outstanding one is reminded");
    is (answer_by_link (token, (struct facility_item_given_list) { &other, 1 }, (struct letter_consent_list) { 0 }, "院長"), "field_unknown_choice",
        "what was not asked is not taken");
    is (answer_by_link (token, (struct facility_item_given_list) { said, 1 }, (struct letter_consent_list) { consents, 2 }, "院長"), "taken",
        "A-11 the clinic answers what was not known, and allows both to professionals");
    is_number (harness_number (harness, "select source from facility_item where facility_id = '" CLINIC "' and item = 6 and until_at is null"),
               ITEM_SOURCE_SURVEY, "A-11 saved as 調査");
    as_nurse ();
    send ("facility", &(struct facility) { .facility_id = CLINIC }, &seen);
    is_number ((int64_t) seen.items.count, 2, "A-13 a nurse reads what was allowed in the same form");
    ok (progress ().returned == 1 && progress ().outstanding == 0 && progress ().letters.items[0].state == LETTER_STATE_RETURNED,
        "A-12 returned");
    run_job ();
    send ("letters_send", &(struct letters_send) { .survey_id = SURVEY, .way = LETTER_WAY_LINK }, &sent);
    is_number (sent.letters, 0, "A-12 who has answered is not reminded");
}

/* ---- the map's cards ------------------------------------------------------------------------------------------------------------ */

/* What a row of the list says of an item, to whom acts now. */
static void cards (void)
{
    struct file_answer nurse = { 0 }, officer = { 0 };
    const struct facility_cards query = { .municipality = "011002" };

    as_nurse ();
    is (send ("facility_cards", &query, &nurse), "taken", "A-33 the cards of home medicine are printed");
    as_officer ();
    is (send ("facility_cards", &query, &officer), "taken", "A-33 ...for who keeps the records, too");
    ok (nurse.body.size > 1000 && memcmp (nurse.body.data, "%PDF", 4) == 0, "...as a PDF");
    is (put_item (CLINIC, FACILITY_ITEM_PROXY_DESK, ITEM_ANSWER_YES, "受付 見本（午前）", 0), "taken", "the clinic's desk is written down");
    send ("facility_cards", &query, &officer);
    as_nurse ();
    send ("facility_cards", &query, &nurse);
    ok (officer.body.size != nurse.body.size, "A-13, A-33 the desk stands on the officer's cards, not on those of whom nobody allowed to read it");
}

static void moved (void)
{
    pass_days (400);
    run_job ();
    harness_sql (harness, "update facility set municipality = '012025' where facility_id = '" CLINIC "'");
    is_number (letters ("facility_id = '" CLINIC "' and answered_at is null"), 0, "a facility that has moved is not asked by the old keeper");
    run_job ();
    as_neighbour ();
    is_number (harness_sees (harness, "select count(*) from facility_letter where facility_id = '" CLINIC "'"), 1, "...but by the new one");
}

int main (void)
{
    open_region ();
    open_facilities ();
    falls_due ();
    told ();
    no_change ();
    on_paper ();
    on_the_own_page ();
    reported ();
    reviewed ();
    survey_opened ();
    survey_answered ();
    cards ();
    moved ();
    close_region ();
    return done ();
}
