/* Registered terminals (S-07): a desk stays open for the shift only there.  Invited with a code, registered at the device, revoked; a cookie that
 * nobody registered, another office's or a revoked one is nothing. */
#include "people.h"
#include "session_rules.h"

#define TERMINAL(n) ((const char *[]) { "", "0190a3b4-0000-7000-8000-00000000d001", "0190a3b4-0000-7000-8000-00000000d002" }[n])

static const int64_t minute = 60 * 1000000LL;

/* ---- the device --------------------------------------------------------------------------------------------------------------------- */

static void at_device (const char *token)
{
    static unsigned char digest[32];

    if (token)
        token_digest (token, digest);
    harness_terminal (harness, (struct bytes) { digest, token ? sizeof digest : 0 });
}

static int invite (int office, int terminal, struct terminal_invited *answer)
{
    struct terminal_invite message = { OFFICE (office), TERMINAL (terminal), "指令台 1番" };

    return harness_call (harness, "terminal_invite", &message, answer, &err);
}

static int type_in (const char *code, struct terminal_registered *answer)
{
    return harness_call (harness, "terminal_register", &(struct terminal_register) { code }, answer, &err);
}

static int revoke_it (int office, int terminal)
{
    return harness_call (harness, "terminal_revoke", &(struct terminal_revoke) { OFFICE (office), TERMINAL (terminal) }, NULL, &err);
}

static const char *locked_after_an_hour (struct session_opened session)
{
    const char *locked;

    harness_clock (harness, 60 * minute);
    locked = actor_column (session.session_token, "locked");
    harness_clock (harness, 0);
    harness_sql (harness, "update session set seen_at = started_at where session_id = '%s'", session.session_id);      /* asking counted as use */
    return locked;
}

static bool refused_code (const char *code)
{
    return type_in (code, NULL) < 0 && err.key == ERROR_TERMINAL_CODE_WRONG && strcmp (err.fields[0].pointer, "/code") == 0;
}

/* ---- the story ----------------------------------------------------------------------------------------------------------------------- */

static struct terminal_registered registered;
static struct session_opened desk;

static void people (void)
{
    act_as_operator ();
    must (put_person (2, "指令 次郎", "シレイ ジロウ", NULL), "person");
    must (put_membership (2, 2, ROLE_DISPATCH_DESK), "membership");
    must (put_account (2, "desk", PASSWORD), "account");
    must (put_person (3, "隣 三郎", "トナリ サブロウ", NULL), "person");
    must (put_membership (3, 3, ROLE_LAST_RESORT), "membership");
    must (put_account (3, "neighbour", PASSWORD), "account");
}

static void inviting (void)
{
    struct terminal_invited first, second;
    char spoken[20];

    desk = log_in ("desk");
    is (locked_after_an_hour (desk), "true", "S-07: a desk at a device that nobody registered locks like everybody");
    act (PERSON (1), OFFICE (1), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (invite (2, 1, &first), 0, "the municipality's officer invites a terminal");
    is_number ((int64_t) strlen (first.code), 10, "…by ten characters");
    ok (first.until > harness_now (harness) + 14 * minute && first.until <= harness_now (harness) + 15 * minute, "…that hold for 15 minutes");
    is_number (invite (2, 1, &second), 0, "a second time");
    act_with (desk.session_token);
    ok (refused_code (first.code), "…the first code counts no more");
    snprintf (spoken, sizeof spoken, " %.5s-%s ", second.code, second.code + 5);
    is_number (type_in (spoken, &registered), 0, "S-07: the desk types the second one, with a hyphen");
    is (registered.name, "指令台 1番", "…and reads what the terminal is called");
    is (locked_after_an_hour (desk), "false", "S-07: who has registered it stays open at once");
    ok (refused_code (second.code), "a code works once");
    is_number (log_lines ("event = 'terminal_registered' and reason = '0190a3b4-0000-7000-8000-00000000d001'"), 1, "the log says who registered it");
    is_number (log_lines ("event = 'refused' and reason = 'terminal code'"), 2, "…and the codes that were wrong");
    is (harness_text (harness, "select (token_sha256 = sha256 ('%s'))::text from terminal", registered.terminal_token), "true",
        "only the token's SHA-256 is kept");
    act (PERSON (1), OFFICE (1), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (invite (2, 1, NULL), -1, "a terminal that is registered is not invited again");
    is_number (err.key, ERROR_ALREADY_THERE, "…it is there already");
}

static void logging_in (void)
{
    struct terminal_here_answer here;
    struct session_opened there, elsewhere, nurse, forged, neighbour;

    at_device (registered.terminal_token);
    there = log_in ("desk");
    nurse = log_in ("nurse.sato");
    neighbour = log_in ("neighbour");
    at_device ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    forged = log_in ("desk");
    at_device (NULL);
    elsewhere = log_in ("desk");
    is (locked_after_an_hour (there), "false", "S-07: a desk that logs in at the terminal stays open");
    is (locked_after_an_hour (nurse), "true", "…a nurse there locks as before");
    is (locked_after_an_hour (neighbour), "true", "…and a desk of another office does");
    is (locked_after_an_hour (forged), "true", "a forged cookie gives nothing");
    is (locked_after_an_hour (elsewhere), "true", "S-07: at another device the desk locks");
    is_number (there.idle_minutes, 12 * 60, "the page at the terminal hears of the shift");
    is_number (elsewhere.idle_minutes, 15, "…the other one of a quarter of an hour");
    act_with (there.session_token);
    at_device (registered.terminal_token);
    must (harness_call (harness, "terminal_here", &(struct terminal_here) { 0 }, &here, &err), "here");
    ok (here.name && strcmp (here.name, "指令台 1番") == 0 && !here.invited, "the page can say which terminal it is");
    at_device (NULL);
    must (harness_call (harness, "terminal_here", &(struct terminal_here) { 0 }, &here, &err), "here");
    ok (!here.name, "…and that another device is none");
}

static void choosing (void)
{
    struct session_opened session;

    act_as_operator ();
    must (put_membership (3, 2, ROLE_LAST_RESORT), "a second office");
    session = log_in ("neighbour");
    must (act_with (session.session_token) ? 0 : -1, "session");
    at_device (registered.terminal_token);
    must (harness_call (harness, "office_choose", &(struct office_choose) { .office_id = OFFICE (2) }, NULL, &err), "choose");
    is (locked_after_an_hour (session), "false", "S-07: who chooses the terminal's office there stays open, also from another municipality");
    act_with (session.session_token);
    must (harness_call (harness, "office_choose", &(struct office_choose) { .office_id = OFFICE (3) }, NULL, &err), "choose");
    is (locked_after_an_hour (session), "true", "…and locks again in the other office");
    at_device (NULL);
}

static void wrong_codes (void)
{
    struct terminal_invited invited;
    struct session_opened other;

    other = log_in ("neighbour");
    act_as_operator ();
    must (invite (2, 2, &invited), "invite");
    must (other.session_token && act_with (other.session_token) ? 0 : -1, "act");
    harness_sql (harness, "update session set office_id = '%s' where session_id = '%s'", OFFICE (3), other.session_id);
    act_with (other.session_token);
    ok (refused_code (invited.code), "a code of another office is none");
    act_with (desk.session_token);
    harness_clock (harness, 16 * minute);
    act (PERSON (2), OFFICE (2), "011002", ROLE_DISPATCH_DESK);
    ok (refused_code (invited.code), "a code is worth nothing after 15 minutes");
    harness_clock (harness, 0);
    harness_sql (harness, "truncate login_throttle");
    for (int i = 0; i < 5; i++)
        ok (refused_code (i % 2 ? "" : "23456789AB"), "a wrong code is refused at its field");
    is_number (type_in (invited.code, NULL), -1, "after five of them even the right one has to wait");
    is_number (err.key, ERROR_LOGIN_BLOCKED, "…as at log-in");
    is_number (harness_number (harness, "select count(*) from terminal where registered_at is not null"), 1, "…and nothing was registered");
    harness_sql (harness, "truncate login_throttle");
}

static void strangers (void)
{
    struct terminal_list_answer list;

    act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER);
    is_number (invite (2, 1, NULL), -1, "S-20: an officer of another municipality invites nothing here");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…as if it were not there");
    is_number (revoke_it (2, 1), -1, "…revokes nothing");
    is_number (harness_call (harness, "terminal_list", &(struct terminal_list) { OFFICE (2) }, &list, &err), -1, "…and sees none");
    is_number (harness_sees (harness, "select count(*) from terminal"), 0, "S-20 database: no row of another municipality");
    is_number (revoke_it (3, 1), -1, "a terminal is not reached by way of another office");
    act (PERSON (2), OFFICE (2), "011002", ROLE_DISPATCH_DESK);
    is_number (invite (2, 1, NULL), -1, "a desk invites none itself");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "…for want of the role");
    act (PERSON (1), OFFICE (1), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (harness_sees (harness, "select count(*) from terminal"), 2, "…the own officer sees both");
    is_number (invite (1, 1, NULL), -1, "a terminal does not move to another office");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…");
}

static void revoking (void)
{
    struct session_opened there, later;
    struct terminal_list_answer list;

    at_device (registered.terminal_token);
    there = log_in ("desk");
    act (PERSON (1), OFFICE (1), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (revoke_it (2, 1), 0, "the officer revokes the terminal");
    is_number (revoke_it (2, 1), 0, "…a second time nothing changes");
    is_number (log_lines ("event = 'terminal_revoked'"), 1, "…and the log has it once");
    is (locked_after_an_hour (there), "true", "S-07: the session that is open there locks like any other");
    later = log_in ("desk");
    is (locked_after_an_hour (later), "true", "S-07: …and so does whoever logs in there later");
    act (PERSON (1), OFFICE (1), "011002", ROLE_MUNICIPAL_OFFICER);
    must (harness_call (harness, "terminal_list", &(struct terminal_list) { OFFICE (2) }, &list, &err), "list");
    is_number ((int64_t) list.terminals.count, 2, "the list keeps it");
    ok (list.terminals.items[1].has_revoked_at && list.terminals.items[1].seen_day && strcmp (list.terminals.items[1].registered_by, "指令 次郎") == 0,
        "…behind those in use, with who registered it and when it was used");
    is_number (invite (2, 1, NULL), -1, "a revoked terminal does not come back");
    is_number (err.key, ERROR_ALREADY_ENDED, "…it has ended");
    is_number (revoke_it (2, 2), 0, "an invitation can be taken back, too");
    at_device (NULL);
}

int main (void)
{
    open_region ();
    people ();
    inviting ();
    logging_in ();
    choosing ();
    wrong_codes ();
    strangers ();
    revoking ();
    close_region ();
    return done ();
}
