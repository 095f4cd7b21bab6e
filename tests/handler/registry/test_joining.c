/* E-27, E-41, KU-06: an office pledges, its municipality approves, its manager gives IDs the same day – and looks after nobody else's people. */
#include "people.h"

#define MANAGER_OF(office, municipality) act (PERSON (2), OFFICE (office), municipality, ROLE_SERVICE_MANAGER)
#define PASSWORD_2 "quiet lanterns on the river"

static const char list[] = "氏名,ふりがな,ログイン名,役割\n青木 花子,あおき はなこ,aoki,訪問看護師\n石川 健,いしかわ けん,ishikawa,訪問看護師\n";

static void people (void)
{
    act_as_operator ();
    must (put_person (2, "鈴木 次郎", "スズキ ジロウ", NULL), "person");
    must (put_membership (2, 1, ROLE_SERVICE_MANAGER), "manager");
    must (put_account (2, "suzuki", PASSWORD), "account");
    must (put_person (3, "高橋 三郎", "タカハシ サブロウ", NULL), "officer");
}

static int pledge (const char *version)
{
    struct office_pledge message = { .office_id = OFFICE (1), .version = version };

    err = (struct error) { 0 };
    return harness_call (harness, "office_pledge", &message, NULL, &err);
}

static int approve (int office, bool approved, enum role role)
{
    int roles[] = { role };
    struct office_approve message = { .office_id = OFFICE (office), .approved = approved, .roles = { roles, approved ? 1 : 0 } };

    err = (struct error) { 0 };
    return harness_call (harness, "office_approve", &message, NULL, &err);
}

static struct staff_import_answer import (int office, const char *text, bool run)
{
    struct staff_import message = { .office_id = OFFICE (office), .text = text, .run = run };
    struct staff_import_answer answer = { 0 };

    err = (struct error) { 0 };
    harness_call (harness, "staff_import", &message, &answer, &err);
    return answer;
}

static void opening (void)
{
    MANAGER_OF (1, "011002");
    import (1, list, true);
    is_number (err.key, ERROR_OFFICE_NOT_OPEN, "E-27: before pledge and approval a manager gives no ID");
    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (approve (1, true, ROLE_VISITING_NURSE), -1, "an office that has not pledged is not approved");
    is_number (err.key, ERROR_NOT_PLEDGED, "…and the officer reads why");
    MANAGER_OF (1, "011002");
    is_number (pledge ("1999-01"), -1, "a text that is not the present one is not pledged");
    is_number (pledge ("2026-11"), 0, "E-27: the office pledges");
    is_number (pledge ("2026-11"), 0, "…again, because the outcome was not known");
    is (harness_text (harness, "select string_agg (text_version, ',') from office_pledge where person_id = '%s'", PERSON (2)), "2026-11",
        "…kept once: who, and which text");
    is_number (approve (1, true, ROLE_VISITING_NURSE), -1, "a manager approves nothing");
    act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER);
    is_number (approve (1, true, ROLE_VISITING_NURSE), -1, "…nor an officer of another municipality");
    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (approve (1, true, ROLE_ADMINISTRATOR), -1, "…nor is an office approved for roles of the region");
    is_number (approve (1, true, ROLE_VISITING_NURSE), 0, "E-27: the municipality approves");
    is_number (approve (1, true, ROLE_VISITING_NURSE), 0, "…the same again");
    is_number (harness_number (harness, "select count(*) from office_approval"), 1, "…is kept once");
}

static void dry (void)
{
    struct staff_import_answer answer;
    int64_t before = harness_number (harness, "select count(*) from event_log");

    MANAGER_OF (1, "011002");
    answer = import (1, list, false);
    ok (!err.key && answer.rows.count == 2 && answer.problems.count == 0 && !answer.done && !answer.letters.size, "a list is tried first");
    answer = import (1, "青木 花子,あおき,aoki,医師\n見本 太郎,みほん,Nurse.Sato,訪問看護師\n", true);
    ok (answer.problems.count == 2 && !answer.done, "E-27: with mistakes nobody is added");
    is (answer.problems.items[0].column, "役割", "…a role that was not approved");
    is (answer.problems.items[1].column, "ログイン名", "…a log-in name somebody else has");
    is_number (harness_number (harness, "select count(*) from event_log"), before, "nothing half-done");
    is_number (harness_number (harness, "select count(*) from person where name = '青木 花子'"), 0, "…nobody is there");
}

static void same_day (void)
{
    struct staff_import_answer answer, again;
    const char *hash;

    MANAGER_OF (1, "011002");
    answer = import (1, list, true);
    ok (!err.key && answer.done, "E-27: the manager gives IDs the same day");
    ok (answer.letters.size > 1000 && memcmp (answer.letters.data, "%PDF", 4) == 0, "…with letters to be printed");
    is_number (harness_number (harness, "select count(*) from account a join membership m using (person_id) where a.login in ('aoki', 'ishikawa')"
                                        " and m.office_id = '%s' and a.course_left = 2", OFFICE (1)), 2, "…two accounts with a place, first log-in due");
    is_number (harness_number (harness, "select count(*) from idempotency where answer is not null and length (answer) > 1000"), 0,
               "…whose first passwords are kept nowhere in clear");
    hash = harness_text (harness, "select password_hash from account where login = 'aoki'");
    harness_sql (harness, "update account set course_left = 0 where login = 'ishikawa'");
    again = import (1, list, true);
    ok (again.done && again.letters.size > 1000 && !again.rows.items[0].known && again.rows.items[1].known,
        "the list again: a new letter for who has not begun, none for who has");
    ok (strcmp (hash, harness_text (harness, "select password_hash from account where login = 'aoki'")) != 0, "…with a new password");
    is_number (harness_number (harness, "select count(*) from person where name in ('青木 花子', '石川 健')"), 2, "…and nobody twice");
}

static void course (void)
{
    struct first_login_done done = { 0 };
    struct account_put account = { PERSON (4), "tanaka", PASSWORD, SECRET_32, true, true };
    struct session_opened session;
    struct session_now now = { 0 };
    struct session_now_answer answer;

    act_as_operator ();
    must (put_person (4, "田中 四郎", "タナカ シロウ", NULL), "person");
    must (put_membership (4, 1, ROLE_VISITING_NURSE), "membership");
    must (harness_call (harness, "account_put", &account, NULL, &err), "account");
    session = log_in ("tanaka");
    harness_as (harness, &(struct harness_actor) { .person = PERSON (4), .office = OFFICE (1), .municipality = "011002",
                                                   .roles = ROLE_BIT (ROLE_VISITING_NURSE), .session = session.session_id });
    ok (harness_call (harness, "session_now", &now, &answer, &err) == 0 && answer.course_due, "E-27: the first log-in begins with the course");
    is_number (harness_call (harness, "first_login_done", &done, NULL, &err), -1, "…which is not done with the first password");
    is_number (err.key, ERROR_FIRST_PASSWORD, "…as the person reads");
    must (harness_call (harness, "password_change", &(struct password_change) { PASSWORD, PASSWORD_2 }, NULL, &err), "password");
    is_number (harness_call (harness, "first_login_done", &done, NULL, &err), 0, "…but with one's own");
    ok (harness_call (harness, "session_now", &now, &answer, &err) == 0 && !answer.course_due, "…and it is not asked for again");
    is_number (harness_call (harness, "first_login_done", &done, NULL, &err), 0, "a second time is no error");
    MANAGER_OF (1, "011002");
    is_number (harness_call (harness, "account_put", &account, NULL, &err), -1, "S-09: an account in use is not given anew by a manager");
}

static int keep (int office, int keeper)
{
    struct office_keep message = { .office_id = OFFICE (office), .keeper_id = keeper ? OFFICE (keeper) : NULL };

    err = (struct error) { 0 };
    return harness_call (harness, "office_keep", &message, NULL, &err);
}

static size_t listed (void)
{
    struct office_list message = { 0 };
    struct office_list_answer answer = { 0 };

    must (harness_call (harness, "office_list", &message, &answer, &err), "office_list");
    return answer.offices.count;
}

static int look_at (int office)
{
    struct office_people message = { .office_id = OFFICE (office) };
    struct office_people_answer answer = { 0 };

    err = (struct error) { 0 };
    return harness_call (harness, "office_people", &message, &answer, &err);
}

static void keeping (void)
{
    MANAGER_OF (1, "011002");
    is_number ((int) listed (), 1, "E-41: a manager's list is the own office");
    is_number (look_at (2), -1, "E-41: …not one next door");
    is_number (put_membership (1, 2, ROLE_DOCTOR), -1, "…nor may anybody be placed there");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…which looks as if it were not there");
    is_number (keep (2, 1), -1, "…nor does a manager take it over");
    act_as_operator ();
    is_number (keep (3, 1), 0, "E-41: the association's office is charged with a member, also in another municipality");
    is_number (keep (3, 3), -1, "…an office is not its own keeper");
    MANAGER_OF (1, "011002");
    is_number ((int) listed (), 2, "E-41: its manager sees the member");
    is_number (look_at (3), 0, "…and its people");
    is_number (put_membership (1, 3, ROLE_DOCTOR), -1, "…places nobody before it is approved");
    is_number (err.key, ERROR_OFFICE_NOT_OPEN, "…and reads why");
    harness_sql (harness, "insert into office_pledge (municipality, office_id, pledged_at, text_version, person_id) values ('012025', '%s',"
                          " guard.now (), '2026-11', '%s')", OFFICE (3), PERSON (1));
    act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER);
    must (approve (3, true, ROLE_DOCTOR), "approve");
    MANAGER_OF (1, "011002");
    is_number (put_membership (1, 3, ROLE_DOCTOR), 0, "KU-06: somebody with an ID gets a second place, without a second registration");
    is_number (harness_number (harness, "select count(*) from account where person_id = '%s'", PERSON (1)), 1, "…one person, one account");
    is_number ((int) harness_sees (harness, "select count(*) from membership where municipality = '012025'"), 1,
               "E-41: at database level the keeper sees its member's people");
    act (PERSON (1), OFFICE (1), "011002", ROLE_SERVICE_MANAGER);
    is_number ((int) harness_sees (harness, "select cardinality (managed_offices ())"), 0, "…but nobody who only says to be manager");
    act_as_operator ();
    must (keep (3, 0), "no keeper");
    MANAGER_OF (1, "011002");
    is_number (look_at (3), -1, "E-41: when the charge ends, so does the sight");
}

static int confirm (const struct person_roles *list_of, size_t count)
{
    struct rights_confirm message = { .office_id = OFFICE (1), .people = { list_of, count } };

    err = (struct error) { 0 };
    return harness_call (harness, "rights_confirm", &message, NULL, &err);
}

static void reviewing (void)
{
    struct office_people message = { .office_id = OFFICE (1) };
    struct office_people_answer answer = { 0 };
    struct office_list due = { .has_due = true, .due = true };
    struct office_list_answer lines = { 0 };
    struct person_roles *roles;

    MANAGER_OF (1, "011002");
    must (harness_call (harness, "office_people", &message, &answer, &err), "people");
    roles = calloc (answer.people.count, sizeof *roles);
    for (size_t i = 0; i < answer.people.count; i++)
        roles[i] = (struct person_roles) { answer.people.items[i].person_id, answer.people.items[i].roles };
    is_number (confirm (roles, answer.people.count - 1), -1, "who confirms a list that is not the present one is told so");
    is_number (err.key, ERROR_MOVED_ON, "…as moved on");
    is_number (confirm (roles, answer.people.count), 0, "a manager confirms everybody's roles");
    is_number (harness_number (harness, "select cardinality (shown) from rights_review"), (int64_t) answer.people.count, "…and what was looked at is kept");
    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    must (harness_call (harness, "office_list", &due, &lines, &err), "due");
    is_number ((int) lines.offices.count, 0, "no review is overdue");
    harness_clock (harness, 366ll * 86400 * 1000000);
    must (harness_call (harness, "office_list", &due, &lines, &err), "due");
    ok (lines.offices.count == 2 && lines.offices.items[0].review_due, "a year later the officer reads which offices are overdue");
    must (harness_call (harness, "office_people", &message, &answer, &err), "people");
    ok (answer.standing->review_due && answer.people.items[0].unused, "E-26: …and which IDs have not been used for 60 days");
    harness_clock (harness, 0);
    free (roles);
}

static void sharing_one (void)
{
    struct office_people message = { .office_id = OFFICE (1) };
    struct office_people_answer answer = { 0 };
    struct office_list_answer lines = { 0 };
    struct session_opened one;

    harness_as (harness, NULL);
    one = log_in ("nurse.sato");
    harness_sql (harness, "update session set device = 'Windows NT', source = 'a' where session_id = '%s'", one.session_id);
    must (harness_job (harness, "shared_accounts", &err), "job");
    is_number (harness_number (harness, "select count(*) from shared_sign"), 0, "one device is nothing to tell");
    harness_sql (harness, "insert into session (session_id, token_sha256, person_id, office_id, strength, started_at, seen_at, expires_at, device, source)"
                          " select gen_random_uuid (), sha256 ('x'), person_id, office_id, strength, started_at, seen_at, expires_at, 'Macintosh', 'b'"
                          "   from session where session_id = '%s'", one.session_id);
    must (harness_job (harness, "shared_accounts", &err), "job");
    must (harness_job (harness, "shared_accounts", &err), "job");
    is_number (harness_number (harness, "select count(*) from shared_sign where places = 2"), 1, "E-27: two PCs at once are noted, once a day");
    MANAGER_OF (1, "011002");
    must (harness_call (harness, "office_people", &message, &answer, &err), "people");
    ok (answer.shared.count == 1 && strcmp (answer.shared.items[0].person_id, PERSON (1)) == 0 && answer.shared.items[0].devices.count == 2,
        "…the manager reads whose account it was");
    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    must (harness_call (harness, "office_list", &(struct office_list) { 0 }, &lines, &err), "office_list");
    ok (lines.offices.count == 2 && lines.offices.items[0].shared_ids + lines.offices.items[1].shared_ids == 1, "…the officer in which office");
    is_number (harness_number (harness, "select count(*) from session where person_id = '%s' and ended_at is null", PERSON (1)), 2,
               "…and nobody was locked out");
}

int main (void)
{
    open_region ();
    people ();
    opening ();
    dry ();
    same_day ();
    course ();
    sharing_one ();
    reviewing ();
    keeping ();
    close_region ();
    return done ();
}
