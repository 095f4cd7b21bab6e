/* Municipalities, offices, people, memberships, accounts, agreements: what a PUT leaves, and who may not. */
#include "people.h"

static int64_t events (void)
{
    return harness_number (harness, "select count(*) from event_log");
}

static void twice_is_silent (void)
{
    int64_t before;
    const char *rows;
    struct agreement_put agreement = { .agreement_id = AGREEMENT, .giving = "012025", .receiving = "011002", .from = "2026-04-01", .to = "2027-03-31" };

    act_as_operator ();
    must (harness_call (harness, "agreement_put", &agreement, NULL, &err), "agreement");
    before = events ();
    rows = harness_text (harness, "select string_agg (xmin::text, ',') from (select xmin from municipality union all select xmin from"
                                  " office"
                                  " union all select xmin from person union all select xmin from membership union all select xmin from"
                                  " account) r");
    is_number (put_municipality ("011002", "見本市"), 0, "the same municipality again");
    is_number (put_office (1, "011002", "みほん訪問看護ステーション"), 0, "the same office again");
    is_number (put_person (1, "佐藤 花子", "サトウ ハナコ", "sato@station.example"), 0, "the same person again");
    is_number (put_membership (1, 1, ROLE_VISITING_NURSE), 0, "the same membership again");
    is_number (put_account (1, "nurse.sato", PASSWORD), 0, "the same account again");
    is_number (harness_bells (harness, "session"), 0, "…ends no session");
    is_number (harness_call (harness, "agreement_put", &agreement, NULL, &err), 0, "the same agreement again");
    is_number (events (), before, "nothing of it is announced");
    is (harness_text (harness, "select string_agg (xmin::text, ',') from (select xmin from municipality union all select xmin from office"
                               " union all select xmin from person union all select xmin from membership union all select xmin from"
                               " account) r"),
        rows, "…or written");
    is_number (harness_number (harness, "select count(*) from login_log where event = 'account_set' and reason = 'replaced'"), 0,
               "…or logged as a change");
}

static int put_phone (const char *phone)
{
    struct person_put put = { .person_id = PERSON (1), .name = "鈴木 花子", .name_kana = "スズキ ハナコ", .phone = phone };

    return harness_call (harness, "person_put", &put, NULL, &err);
}

static void telephone (void)
{
    struct contact_point_changed point;
    int64_t before = harness_events (harness, &contact_point_changed_message);

    is_number (put_phone ("0990-20-0001"), 0, "a person has a telephone");
    is_number (harness_events (harness, &contact_point_changed_message), before + 1, "…told alone: the e-mail address is the same");
    ok (harness_last_event (harness, &contact_point_changed_message, &point) >= 0 && point.kind == CONTACT_KIND_VOICE
        && strcmp (point.address, "0990-20-0001") == 0, "…as a number to call");
    ok (harness_number (harness, "select count(*) from person p join subject s on s.id = p.voice_point and s.version = 1") == 1,
        "…under a subject of its own");
    is_number (put_phone ("0990-20-0001"), 0, "the same telephone again");
    is_number (harness_events (harness, &contact_point_changed_message), before + 1, "…is not told");
    is_number (put_phone (NULL), 0, "the telephone is removed");
    ok (harness_last_event (harness, &contact_point_changed_message, &point) >= 0 && point.kind == CONTACT_KIND_VOICE && !*point.address,
        "…and told as empty");
    is_number (put_phone ("not a number"), -1, "what is no telephone number is refused");
}

static void changes_are_told (void)
{
    struct office_changed office;
    struct membership_changed membership;
    struct contact_point_changed point;
    struct municipality_changed municipality;
    int64_t before;

    act_as_operator ();
    is_number (put_municipality ("011002", "見本の市"), 0, "a municipality is renamed");
    ok (harness_last_event (harness, &municipality_changed_message, &municipality) >= 0 && strcmp (municipality.name, "見本の市") == 0,
        "…and announced");
    is_number (put_office (1, "011002", "みほんステーション"), 0, "an office is renamed");
    ok (harness_last_event (harness, &office_changed_message, &office) >= 0 && strcmp (office.name, "みほんステーション") == 0, "…and announced");
    before = harness_events (harness, &membership_changed_message);
    is_number (put_person (1, "鈴木 花子", "スズキ ハナコ", "suzuki@station.example"), 0, "a person has another name and address");
    is_number (harness_events (harness, &membership_changed_message), before + 1, "…told for every place");
    ok (harness_last_event (harness, &membership_changed_message, &membership) >= 0 && strcmp (membership.name, "鈴木 花子") == 0,
        "…with the new name");
    ok (harness_last_event (harness, &contact_point_changed_message, &point) >= 0 && strcmp (point.address, "suzuki@station.example") == 0,
        "…and the address");
    is_number (put_person (1, "鈴木 花子", "スズキ ハナコ", NULL), 0, "the address is removed");
    ok (harness_last_event (harness, &contact_point_changed_message, &point) >= 0 && !*point.address, "…and told as empty");
    telephone ();
    is_number (put_membership (1, 1, ROLE_THERAPIST), 0, "roles change");
    ok (harness_last_event (harness, &membership_changed_message, &membership) >= 0 && membership.roles.count == 1
        && membership.roles.items[0] == ROLE_THERAPIST, "…and are told");
    is_number (harness_number (harness, "select count(*) from event_log e join subject s on s.id = e.subject where e.version >"
                                        " s.version"), 0,
               "subjects carry the versions of their events");
}

static void officers (void)
{
    static const int nurse[] = { ROLE_VISITING_NURSE };
    struct membership_put elsewhere = { PERSON (3), OFFICE (3), { nurse, 1 } };
    int64_t before;

    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (put_office (2, "011002", "みほん診療所（移転）"), 0, "an officer changes an office of the own municipality");
    is_number (put_person (3, "高橋 三郎", "タカハシ サブロウ", NULL), 0, "…adds a person");
    is_number (put_membership (3, 2, ROLE_MUNICIPAL_OFFICER), 0, "…who works here");
    before = events ();
    is_number (put_office (3, "012025", "乗っ取り"), -1, "an officer cannot change another municipality's office");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…which looks as if it were not there");
    is_number (put_office (3, "011002", "乗っ取り"), -1, "…nor move it here");
    is_number (harness_call (harness, "membership_put", &elsewhere, NULL, &err), -1, "…nor let anybody work there");
    is_number (put_membership (3, 2, ROLE_ADMINISTRATOR), -1, "…nor make anybody administrator");
    is (harness_text (harness, "select name from office where office_id = '%s'", OFFICE (3)), "隣町診療所", "nothing was changed");
    is_number (events (), before, "…or announced");
    ok (harness_sees (harness, "select count(*) from membership where municipality = '012025'") == 0,
        "at database level another municipality's memberships are not there");
}

static void two_places (void)
{
    struct person_put put = { PERSON (4), "別名", "ベツメイ", NULL, NULL };

    act_as_operator ();
    must (put_person (4, "田中 四郎", "タナカ シロウ", NULL), "person");
    must (put_membership (4, 2, ROLE_DOCTOR), "here");
    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (put_account (4, "dr.tanaka", PASSWORD), 0, "an officer gives an account to somebody who works here only");
    is_number (put_account (4, "dr.tanaka", PASSWORD), 0, "…the same again is no error");
    is_number (put_account (4, "dr.tanaka", "another long passphrase"), -1, "S-09: replacing an account is not an officer's");
    act_as_operator ();
    must (put_membership (4, 3, ROLE_DOCTOR), "there");
    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (harness_call (harness, "person_put", &put, NULL, &err), -1, "an officer cannot change somebody who also works elsewhere");
    is (harness_text (harness, "select name from person where person_id = '%s'", PERSON (4)), "田中 四郎", "…nothing was changed");
    put = (struct person_put) { harness_text (harness, "select person_id from account where login = 'operator'"), "乗っ取り", "ノットリ", NULL,
                                NULL };
    is_number (harness_call (harness, "person_put", &put, NULL, &err), -1, "…nor the operator");
}

static void accounts (void)
{
    struct session_opened session = log_in ("dr.tanaka");
    struct account_put put = { .person_id = PERSON (4), .login = "dr.tanaka", .password = PASSWORD, .totp_secret = "GEZDGNBV" };

    act_as_operator ();
    is_number (harness_call (harness, "account_put", &put, NULL, &err), -1, "a secret shorter than 160 bits is refused");
    is (err.fields[0].pointer, "/totp_secret", "…the field is named");
    is_number (put_account (4, "dr.tanaka", "short"), -1, "S-03: a short password is refused");
    is_number (err.key, ERROR_PASSWORD_WEAK, "…as weak");
    is (err.params[0].value, "13", "…and how long it must be");
    is_number (put_account (4, "dr.tanaka", "dr.tanaka-2026"), -1, "S-03: the login with decoration is refused");
    is_number (put_account (4, "nurse.sato", PASSWORD), -1, "somebody else's login is refused");
    is_number (err.key, ERROR_ALREADY_THERE, "…as taken");
    ok (actor_column (session.session_token, "person_id") != NULL, "refusals end no session");
    is_number (put_account (4, "dr.tanaka", "another long passphrase"), 0, "the region replaces a lost password");
    is_number (harness_bells (harness, "session"), 1, "…which ends the sessions opened with the old one");
    ok (actor_column (session.session_token, "person_id") == NULL, "…at once");
    is_number (give_code (start_login ("dr.tanaka", PASSWORD).ticket, fresh_code (), &session), -1,
               "the old password does not work any more");
    is_number (give_code (start_login ("dr.tanaka", "another long passphrase").ticket, fresh_code (), &session), 0, "…the new one does");
    harness_sql (harness, "truncate login_throttle");
}

static void places (void)
{
    struct municipality_list list = { .has_in_region = true, .in_region = true };
    struct municipality_list_answer answer;
    struct agreement_put agreement = { .agreement_id = "0190a3b4-0000-7000-8000-00000000c009", .giving = "019999", .receiving = "011002", .from = "2026-04-01" };

    act_as_operator ();
    must (harness_call (harness, "municipality_list", &list, &answer, &err), "list");
    is_number (answer.municipalities.count, 2, "the municipalities of the region");
    is (answer.municipalities.items[1].name, "隣町", "…by code");
    is_number (put_municipality ("0110", "短い"), -1, "a code of four digits is refused");
    is_number (put_municipality ("000000", "地域"), -1, "the region's own code is no municipality");
    is_number (put_office (1, "019999", "どこか"), -1, "an office lies in a municipality of the region");
    is_number (put_office (1, "012025", "みほんステーション"), -1, "an office does not move");
    is_number (harness_call (harness, "agreement_put", &agreement, NULL, &err), -1, "an agreement is between municipalities of the region");
    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (put_municipality ("011002", "変更"), -1, "an officer changes no municipality");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "…it is not the role's");
}

static void colleagues (void)
{
    struct colleague_list list = { 0 };
    struct colleague_list_answer answer;
    struct agreement_put agreement = { .agreement_id = AGREEMENT, .giving = "012025", .receiving = "011002", .from = "2020-01-01" };
    static const char both[] = "011002,012025";
    struct harness_actor reader = { .person = PERSON (1), .office = OFFICE (1), .municipality = "011002",
                                    .roles = ROLE_BIT (ROLE_VISITING_NURSE) };

    (void) agreement;
    harness_as (harness, &reader);
    list.text = "たなか";
    must (harness_call (harness, "colleague_list", &list, &answer, &err), "list");
    is_number (answer.people.count, 1, "colleagues are found by kana, however it is typed, in the own municipality");
    reader.municipalities = both;
    harness_as (harness, &reader);
    must (harness_call (harness, "colleague_list", &list, &answer, &err), "list");
    is_number (answer.people.count, 2, "…and under an agreement in the other one");
    list = (struct colleague_list) { .role = ROLE_DOCTOR };
    must (harness_call (harness, "colleague_list", &list, &answer, &err), "list");
    is_number (answer.people.count, 2, "…by role");
    list = (struct colleague_list) { .has_limit = true, .limit = 1 };
    must (harness_call (harness, "colleague_list", &list, &answer, &err), "list");
    ok (answer.people.count == 1 && answer.next, "a page ends with the key of the next");
    list.after = answer.next;
    must (harness_call (harness, "colleague_list", &list, &answer, &err), "list");
    ok (answer.people.count == 1 && strcmp (answer.people.items[0].membership_id, list.after) != 0, "…which goes on after it");
    list.after = "' or 1=1";
    is_number (harness_call (harness, "colleague_list", &list, NULL, &err), -1, "a made-up page key is refused");
    list = (struct colleague_list) { .text = "運用" };
    must (harness_call (harness, "colleague_list", &list, &answer, &err), "list");
    is_number (answer.people.count, 0, "the operator is nobody's colleague");
}

int main (void)
{
    open_region ();
    twice_is_silent ();
    changes_are_told ();
    officers ();
    two_places ();
    accounts ();
    places ();
    colleagues ();
    close_region ();
    return done ();
}
