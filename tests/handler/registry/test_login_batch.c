/* Log-ins that share a transaction: none waits for another, and a spoilt neighbour does not use up somebody's ticket. */
#include "people.h"

#include "runtime.h"

enum { MANY = 4 };

static struct task *opening (const char *ticket, const char *code)
{
    struct login_totp totp = { ticket, code };

    harness_as (harness, NULL);
    return harness_task (harness, "login_totp", &totp);
}

static int64_t run (struct task **tasks, int count)
{
    int64_t begun = clock_monotonic_us ();

    for (int i = 0; i + 1 < count; i++)
        tasks[i]->next = tasks[i + 1];
    tasks[count - 1]->next = NULL;
    execute (harness_engine (harness), tasks[0]);
    return clock_monotonic_us () - begun;
}

static int opened (struct task **tasks, int count)
{
    int done_well = 0;

    for (int i = 0; i < count; i++) {
        done_well += tasks[i]->ok;
        task_done (&tasks[i]);
    }
    return done_well;
}

static void one_ticket_many_times (void)
{
    struct login_start_answer start = start_login ("nurse.sato", PASSWORD);
    const char *code = fresh_code ();
    struct task *tasks[MANY];
    int64_t took;

    for (int i = 0; i < MANY; i++)
        tasks[i] = opening (start.ticket, code);
    took = run (tasks, MANY);
    is_number (opened (tasks, MANY), 1, "the same ticket four times in one transaction opens one session");
    ok (took < 2000000, "…and nobody waits for himself");
    is_number (harness_number (harness, "select count(*) from session"), 1, "…one row");
    harness_sql (harness, "delete from session; truncate login_throttle");
}

static void one_code_two_tickets (void)
{
    const char *first = start_login ("nurse.sato", PASSWORD).ticket, *second = start_login ("nurse.sato",
                                                                                            PASSWORD).ticket, *code = fresh_code ();
    struct task *tasks[2] = { opening (first, code), opening (second, code) };
    int64_t took = run (tasks, 2);

    is_number (opened (tasks, 2), 1, "the same code with two tickets in one transaction opens one session");
    ok (took < 2000000, "…and nobody waits for himself");
    harness_sql (harness, "delete from session; truncate login_throttle");
}

/* The neighbour breaks: its session cannot be stored. */
static void spoilt_neighbour (void)
{
    const char *good = start_login ("nurse.sato", PASSWORD).ticket, *bad = start_login ("desk", PASSWORD).ticket, *code = fresh_code ();
    struct task *tasks[2] = { opening (good, code), opening (bad, code) };
    int tries;

    harness_sql (harness, "alter table session add constraint no_desk check (person_id <> '%s')", PERSON (2));
    run (tasks, 2);
    tries = tasks[0]->tries;
    ok (tasks[0]->ok && !tasks[1]->ok, "a log-in beside one that breaks succeeds");
    ok (tries > 1, "…although it had to run again");
    opened (tasks, 2);
    is_number (harness_number (harness, "select count(*) from session"), 1, "…and has one session");
    is_number (harness_number (harness, "select count(*) from login_ticket where used_at is not null and ticket_sha256 = sha256 ('%s')",
                               bad), 0,
               "…the broken one's ticket is not used up");
    harness_sql (harness, "alter table session drop constraint no_desk");
    harness_sql (harness, "truncate login_throttle");
    struct session_opened session;
    is_number (give_code (bad, fresh_code (), &session), 0, "…and good for another try");
}

int main (void)
{
    open_region ();
    must (put_person (2, "指令 次郎", "シレイ ジロウ", NULL), "person");
    must (put_membership (2, 2, ROLE_DISPATCH_DESK), "membership");
    must (put_account (2, "desk", PASSWORD), "account");
    one_ticket_many_times ();
    one_code_two_tickets ();
    spoilt_neighbour ();
    close_region ();
    return done ();
}
