/* What happens at the limits: sixty consents, sixty seats, six contacts, page keys that nobody gave out, names of nothing but blanks. */
#include "region.h"

enum { MOST = 60 };

static int consent (struct harness *harness, int patient, int number, const char *to, struct error *err)
{
    struct consent_record message = { .patient_id = PATIENT (patient), .consent_id = CONSENT (number), .scope = CONSENT_SCOPE_EMS,
        .giver = CONSENT_GIVER_PERSON, .method = CONSENT_METHOD_ORAL, .from = "2020-01-01", .to = to };

    *err = (struct error) { 0 };
    return harness_call (harness, "consent_record", &message, NULL, err);
}

static void sixty_consents (struct harness *harness)
{
    struct patient query = { .patient_id = PATIENT (1) };
    struct patient_answer answer;
    int refused = 0;
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (region_register (harness, 1, "北野 一郎", "キタノ イチロウ", &err), &err, "register");
    for (int i = 0; i < MOST; i++)
        refused += consent (harness, 1, 1000 + i, NULL, &err) < 0;
    is_number (refused, 0, "sixty consents of a person are recorded");
    is_number (consent (harness, 1, 2000, NULL, &err), -1, "a sixty-first that would stand beside them is refused");
    ok (err.key == ERROR_LIST_TOO_LONG && err.param_count == 1 && strcmp (err.params[0].value, "60") == 0,
        "...with the number there may be");
    is_number (harness_number (harness, "select count(*) from consent"), MOST, "...and nothing is written");
    must (region_withdraw (harness, 1, 1000, &err), &err, "withdraw");
    is_number (consent (harness, 1, 2000, NULL, &err), 0, "S-22 after one is withdrawn there is room: a person may always consent anew");
    for (int i = 1; i < MOST; i++)
        refused += region_withdraw (harness, 1, 1000 + i, &err) < 0;
    is_number (refused, 0, "S-25 every one of them can be withdrawn");
    is_number (consent (harness, 1, 2001, NULL, &err), 0, "S-22 ...and years of consents and withdrawals leave room for the next");
    is_number (consent (harness, 1, 1000, NULL, &err), -1, "an id that was used before is refused");
    is_number (err.key, ERROR_ALREADY_THERE, "...as already there, even when it has been withdrawn");
    is_number (harness_call (harness, "patient", &query, &answer, &err), 0, "the head is read");
    ok (answer.consents.count == MOST && !answer.consents.items[MOST - 1].has_withdrawn_at,
        "...with sixty of them: those that stand, then the newest");
}

/* Past ones count as long as they stand written: they have not been withdrawn. */
static void ended_consents (struct harness *harness)
{
    struct consent_changed event;
    struct error err = { 0 };

    must (region_register (harness, 2, "南 二郎", "ミナミ ジロウ", &err), &err, "register");
    must (consent (harness, 2, 3000, "2020-12-31", &err), &err, "consent");
    ok (harness_last_event (harness, &consent_changed_message, &event) == 0 && event.scopes.count == 0,
        "a consent that has ended opens nothing");
    is_number (harness_number (harness, "select in_force::int from consent where patient_id = '%s'", PATIENT (2)), 0,
               "...and is not in force");
}

static void sixty_seats (struct harness *harness)
{
    char patient[40], person[40];
    struct team_member_add message = { .patient_id = patient, .seat = TEAM_SEAT_OTHER, .office_id = STATION };
    struct error err = { 0 };
    int refused = 0;

    snprintf (patient, sizeof patient, "%s", PATIENT (2));
    for (int i = 0; i < MOST; i++) {
        snprintf (person, sizeof person, "%s", region_id ('q', i));
        harness_sql (harness, "insert into membership values ('%s', '%s', '" STATION "', '看護', '" TOWN_A "', 1, 1)", person, person);
        message.member_id = SEAT (400 + i);
        message.person_id = person;
        refused += harness_call (harness, "team_member_add", &message, NULL, &err) < 0;
    }
    is_number (refused, 0, "sixty people have a seat with a person");
    message.member_id = SEAT (499);
    message.person_id = NURSE;
    is_number (harness_call (harness, "team_member_add", &message, NULL, &err), -1, "a sixty-first is refused");
    is_number (err.key, ERROR_LIST_TOO_LONG, "...the team is full");
    must (region_unseat (harness, 2, 400, &err), &err, "unseat");
    is_number (harness_call (harness, "team_member_add", &message, NULL, &err), 0, "after one has left there is room");
    message.member_id = SEAT (401);
    must (region_unseat (harness, 2, 402, &err), &err, "unseat");
    is_number (harness_call (harness, "team_member_add", &message, NULL, &err), -1, "a seat's id is used once");
    is_number (err.key, ERROR_ALREADY_THERE, "...as already there");
    message.member_id = SEAT (400);
    message.person_id = NURSE_2;
    is_number (harness_call (harness, "team_member_add", &message, NULL, &err), -1, "...also after its holder has left");
    is_number (err.key, ERROR_ALREADY_THERE, "...as already there");
}

/* ---- page keys ----------------------------------------------------------------------------------------------------------------------- */

static void page_keys (struct harness *harness)
{
    static const char *const keys[] = { "x", "1x", "", " ", "-1", "0", "99999999999999999999999", "1.5", "１" };
    static const char *const list_keys[] = { "x",
                                             "",
                                             "-",
                                             "1-",
                                             "1-x",
                                             "-0190a3b4-0000-7000-8000-000000000201",
                                             "99999999999999999999-" NURSE,
                                             "9223372036854775807-" NURSE,
                                             "-9223372036854775808-" NURSE,
                                             "1-" NURSE "x" };

    harness_as (harness, &manager);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct section_history history = { .patient_id = PATIENT (1), .section = SHEET_SECTION_WISHES, .after = keys[i] };
        struct ledger ledger = { .patient_id = PATIENT (1), .after = keys[i] };
        struct error first = { 0 }, second = { 0 };
        char name[80];

        snprintf (name, sizeof name, "\"%s\" is no page key: malformed, not the first page again", keys[i]);
        ok (harness_call (harness, "section_history", &history, NULL, &first) < 0 && first.key == ERROR_MALFORMED
            && harness_call (harness, "ledger", &ledger, NULL, &second) < 0 && second.key == ERROR_MALFORMED, name);
    }
    for (size_t i = 0; i < sizeof list_keys / sizeof *list_keys; i++) {
        struct patient_list list = { .after = list_keys[i] };
        struct error err = { 0 };

        if (harness_call (harness, "patient_list", &list, NULL, &err) == 0 || err.key != ERROR_MALFORMED)
            ok (false, list_keys[i]);
    }
    ok (true, "a page key of a list that we did not give out is malformed, never an error of the database");
}

static void page_sizes (struct harness *harness)
{
    static const struct { int64_t asked; int64_t wanted; } rows[] = { { 1, 1 }, { 0, 1 }, { -5, 1 }, { INT64_MIN, 1 }, { 2, 2 }, { 200, 2 },
                                                                      { 201, 2 }, { INT64_MAX, 2 } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct patient_list list = { .has_limit = true, .limit = rows[i].asked };
        struct patient_list_answer answer;
        struct error err = { 0 };

        must (harness_call (harness, "patient_list", &list, &answer, &err), &err, "patient_list");
        is_number ((int64_t) answer.patients.count, rows[i].wanted, "a size that was asked for is brought into what there may be");
    }
}

/* ---- blanks -------------------------------------------------------------------------------------------------------------------------- */

static void blanks (struct harness *harness)
{
    static const char *const nothing[] = { "", " ", "\t", "\u3000", "\u3000 \u3000", "\n" };
    struct error err = { 0 };

    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        struct patient_head_update head = {
            .patient_id = PATIENT (2), .head_version = 1, .name = nothing[i], .name_kana = "ミナミ", .birth_date = "1940-01-01"
        };
        struct consent_record agent = { .patient_id = PATIENT (2),
                                        .consent_id = NOBODY,
                                        .scope = CONSENT_SCOPE_EMS,
                                        .giver = CONSENT_GIVER_AGENT,
                                        .giver_name = nothing[i],
                                        .relation = "長女",
                                        .method = CONSENT_METHOD_ORAL,
                                        .from = "2020-01-01" };
        const struct emergency_contact contact = { .name = nothing[i], .relation = "長女", .phone = "119" };

        if (region_register (harness, 90, nothing[i], "キタノ", &err) == 0 || err.key != ERROR_TEXT_EMPTY
            || region_register (harness, 90, "北野", nothing[i], &err) == 0 || err.key != ERROR_TEXT_EMPTY)
            ok (false, "a person without a name is recorded by nobody");
        if (harness_call (harness, "patient_head_update", &head, NULL, &err) == 0 || err.key != ERROR_TEXT_EMPTY)
            ok (false, "...nor loses the name later");
        head.name = "南 二郎";
        head.contacts.items = &contact;
        head.contacts.count = 1;
        if (harness_call (harness, "patient_head_update", &head, NULL, &err) == 0 || err.key != ERROR_TEXT_EMPTY)
            ok (false, "...nor has a contact without one");
        if (harness_call (harness, "consent_record", &agent, NULL, &err) == 0 || err.key != ERROR_FIELD_MISSING)
            ok (false, "S-22 ...and an agent who consents has one");
        agent.giver_name = "北野 花";
        agent.relation = nothing[i];
        if (harness_call (harness, "consent_record", &agent, NULL, &err) == 0 || err.key != ERROR_FIELD_MISSING)
            ok (false, "S-22 ...and a relation");
    }
    is_number (harness_number (harness, "select count(*) from patient where patient_id = '%s'", PATIENT (90)), 0,
               "names of blanks, half or full width, are no names, and leave nothing behind");
    is_number (
        harness_number (harness, "select version from patient_head where patient_id = '%s' order by version desc limit 1", PATIENT (2)), 1,
        "...nor a new version of a head");
}

static void contacts (struct harness *harness)
{
    struct emergency_contact seven[7];
    struct patient_head_update head = { .patient_id = PATIENT (2), .head_version = 1, .name = "南 二郎", .name_kana = "ミナミ ジロウ",
                                        .birth_date = "1940-01-01", .contacts = { seven, 6 } };
    struct patient_answer answer;
    struct error err = { 0 };

    for (int i = 0; i < 7; i++)
        seven[i] = (struct emergency_contact) { .name = i % 2 ? "南 花" : "南 葵", .relation = "長女", .phone = i % 2 ? "119" : "011-300-0001" };
    is_number (harness_call (harness, "patient_head_update", &head, NULL, &err), 0, "six contacts are kept");
    must (harness_call (harness, "patient", &(struct patient) { .patient_id = PATIENT (2) }, &answer, &err), &err, "patient");
    ok (answer.contacts.count == 6 && strcmp (answer.contacts.items[1].name, "南 花") == 0, "...in their order");
    head.head_version = 2;
    head.contacts.count = 7;
    is_number (harness_call (harness, "patient_head_update", &head, NULL, &err), -1, "a seventh is refused");
    is_number (harness_number (harness, "select max (version) from patient_head where patient_id = '%s'", PATIENT (2)), 2,
               "...and nothing is written");
}

int main (void)
{
    struct harness *harness = region_open ();

    sixty_consents (harness);
    ended_consents (harness);
    sixty_seats (harness);
    page_keys (harness);
    page_sizes (harness);
    blanks (harness);
    contacts (harness);
    harness_close (&harness);
    return done ();
}
