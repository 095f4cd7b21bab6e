/* Every state × happening × standing, with its refusal; answers complete in themselves; what remains of a plan. */
#include "alert_plan.h"
#include "alert_states.h"
#include "tap.h"

static const char *const state_names[] = { "", "searching", "accepted", "ended" };
static const char *const happening_names[] = { "taking", "cannot", "seen", "due" };
static const char *const standing_names[] = { "nobody", "planned", "asked", "declined", "holder", "offered" };

/* What is expected, said a second time and differently: one line a rule, the first that fits counts. */
static const char *expected (enum alert_state state, enum alert_happening happening, enum standing standing)
{
    if (state == ALERT_STATE_ENDED)
        return happening == HAPPENING_TAKE || happening == HAPPENING_CANNOT ? "already_ended" : "nothing";
    if (happening == HAPPENING_SEE)
        return "mark";
    if (happening == HAPPENING_DUE)
        return state == ALERT_STATE_SEARCHING ? "step" : "times";
    if (standing == STANDING_NONE)
        return "not_asked";
    if (happening == HAPPENING_TAKE)
        return state == ALERT_STATE_SEARCHING ? "hold" : standing == STANDING_HOLDER ? "renew"
            : standing == STANDING_OFFERED ? "take_over" : "already_accepted";
    if (standing == STANDING_DECLINED)
        return "nothing";
    if (standing == STANDING_PLANNED)
        return "decline";
    if (state == ALERT_STATE_SEARCHING)
        return "next";
    return standing == STANDING_HOLDER ? "reopen" : "decline";
}

static const char *said (const struct alert_move *move)
{
    static const char *const follows[] = { "", "nothing", "hold", "renew", "decline", "next", "reopen", "mark", "step", "take_over", "times" };

    return move->refusal == ERROR_ALREADY_ENDED ? "already_ended" : move->refusal == ERROR_NOT_ASKED ? "not_asked"
        : move->refusal == ERROR_ALREADY_ACCEPTED ? "already_accepted" : follows[move->follow];
}

static void test_table (void)
{
    for (int state = ALERT_STATE_SEARCHING; state <= ALERT_STATE_ENDED; state++)
        for (int happening = 0; happening < HAPPENING_COUNT; happening++)
            for (int standing = 0; standing < STANDING_COUNT; standing++) {
                const struct alert_move *move =
                    alert_move ((enum alert_state)state, (enum alert_happening)happening, (enum standing)standing);
                char name[120];

                snprintf (name, sizeof name, "N-40 %s: %s by %s", state_names[state], happening_names[happening], standing_names[standing]);
                is (said (move), expected ((enum alert_state) state, (enum alert_happening) happening, (enum standing) standing), name);
                if (move->next < ALERT_STATE_SEARCHING || move->next > ALERT_STATE_ENDED)
                    ok (false, "...leads to a state");
                if (move->refusal && move->next != (enum alert_state) state)
                    ok (false, "...and a refusal changes nothing");
            }
}

static void test_end (void)
{
    is_number (alert_end_refusal (ALERT_STATE_SEARCHING, true), 0, "an alert without answer can be ended");
    is_number (alert_end_refusal (ALERT_STATE_ACCEPTED, true), 0, "...an accepted one too");
    is_number (alert_end_refusal (ALERT_STATE_ENDED, true), ERROR_ALREADY_ENDED, "...an ended one not again");
    is_number (alert_end_refusal (ALERT_STATE_SEARCHING, false), ERROR_NOT_FOR_ROLE, "...and not by everybody");
}

static enum error_key check (struct alert_answer answer)
{
    struct error err = { 0 };

    return alert_check_answer (&answer, 1000, &err) < 0 ? err.key : 0;
}

static void test_answers (void)
{
    is_number (check ((struct alert_answer) { .answer = ALERT_ANSWER_KIND_BY_TELEPHONE }), 0, "by telephone needs nothing more");
    is_number (check ((struct alert_answer) { .answer = ALERT_ANSWER_KIND_AMBULANCE }), 0, "...nor an ambulance");
    is_number (check ((struct alert_answer) { .answer = ALERT_ANSWER_KIND_VISIT }), ERROR_ARRIVAL_NEEDED, "a visit needs an arrival");
    is_number (check ((struct alert_answer){ .answer = ALERT_ANSWER_KIND_VISIT, .has_arrival_at = true, .arrival_at = 1000 }),
               ERROR_TIME_IN_PAST, "...after now");
    is_number (check ((struct alert_answer){ .answer = ALERT_ANSWER_KIND_VISIT, .has_arrival_at = true, .arrival_at = 1001 }), 0,
               "...then it is complete");
    is_number (check ((struct alert_answer) { .answer = ALERT_ANSWER_KIND_CANNOT }), ERROR_REASON_NEEDED, "cannot needs a reason");
    is_number (check ((struct alert_answer){ .answer = ALERT_ANSWER_KIND_CANNOT, .decline = DECLINE_REASON_OTHER }), 0,
               "...then it is complete");
}

static void test_plan (void)
{
    struct answerer order[] = { { .position = 1, .target = TARGET_KIND_PERSON, .person_id = "A", .delay_seconds = 180 },
        { .position = 1, .target = TARGET_KIND_OFFICE, .office_id = "N", .delay_seconds = 60 },
        { .position = 2, .target = TARGET_KIND_PERSON, .person_id = "B", .delay_seconds = 180 },
        { .position = 3, .target = TARGET_KIND_LAST_RESORT, .office_id = "Z", .delay_seconds = 120 } };
    struct resolution whole = { .items = order, .count = 4 }, rest;
    struct tried tried[] = { { 1, 1, TARGET_KIND_PERSON, "A", NULL, TRY_STATE_NO_ANSWER },
        { 2, 1, TARGET_KIND_OFFICE, NULL, "N", TRY_STATE_ASKED },
                             { 3, 2, TARGET_KIND_PERSON, "B", NULL, TRY_STATE_PLANNED } };
    ARENA (arena);

    is_number (first_delay (&whole), 60, "the shortest delay of a step counts");
    rest = plan_rest (&arena, &whole, tried, 3, 1);
    ok (rest.count == 2 && strcmp (rest.items[0].person_id, "B") == 0 && rest.items[0].position == 2 && rest.items[1].position == 3,
        "who was asked is not planned again, positions go on");
    ok (!step_is_spent (tried, 2, 1) == false, "a nursing station beside a doctor without answer does not keep the step open");
    tried[0].state = TRY_STATE_SEEN;
    ok (!step_is_spent (tried, 2, 1), "a doctor who has seen it does");
    tried[0].state = TRY_STATE_CALLED_OFF;
    rest = plan_rest (&arena, &whole, tried, 3, 1);
    is_number ((int64_t) rest.count, 3, "who was called off may be asked again");
    tried[0] = (struct tried) { 1, 1, TARGET_KIND_OFFICE, NULL, "Z", TRY_STATE_DECLINED };
    rest = plan_rest (&arena, &whole, tried, 1, 1);
    ok (rest.items[rest.count - 1].target == TARGET_KIND_LAST_RESORT, "an office asked as such may still be asked as last resort");
    whole.count = 0;
    rest = plan_rest (&arena, &whole, tried, 1, 1);
    is_number ((int64_t) rest.count, 0, "nobody left is an empty rest");
}

int main (void)
{
    test_table ();
    test_end ();
    test_answers ();
    test_plan ();
    return done ();
}
