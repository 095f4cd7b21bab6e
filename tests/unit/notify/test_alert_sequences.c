/* Every sequence of what may happen to an alert, played through the tables with three people and the last resort; and the plan that is made
 * of it each time.  What must hold is said once and checked after every event. */
#include "alert_plan.h"
#include "alert_states.h"
#include "tap.h"

enum { PEOPLE = 3, DEPTH = 8, TRIES_MOST = 12 };

static const char *const ids[PEOPLE] = { "A", "B", "C" };

/* One alert as the handlers and the engine keep it. */
struct played {
    enum alert_state state;
    int holder;                                     /* -1: nobody */
    int step;
    struct tried tries[TRIES_MOST];
    size_t count;
};

static const struct answerer order_items[] = {
    { .position = 1, .target = TARGET_KIND_PERSON, .person_id = "A", .delay_seconds = 180 },
    { .position = 2, .target = TARGET_KIND_PERSON, .person_id = "B", .delay_seconds = 180 },
    { .position = 2, .target = TARGET_KIND_OFFICE, .office_id = "N", .delay_seconds = 60 },
    { .position = 3, .target = TARGET_KIND_PERSON, .person_id = "C", .delay_seconds = 180 },
    { .position = 4, .target = TARGET_KIND_LAST_RESORT, .office_id = "Z", .delay_seconds = 120 } };

/* As alert_ask_next: the next group becomes asked. */
static int ask_next (struct played *p)
{
    struct resolution order = { .items = (struct answerer *) order_items, .count = sizeof order_items / sizeof *order_items }, rest;
    int last = 0;
    ARENA (arena);

    for (size_t i = 0; i < p->count; i++)
        last = p->tries[i].position > last ? p->tries[i].position : last;
    rest = plan_rest (&arena, &order, p->tries, p->count, last);
    for (size_t i = 0; i < rest.count && rest.items[i].position == rest.items[0].position; i++) {
        p->step = rest.items[i].position;
        p->tries[p->count] = (struct tried) { .try_id = (int64_t) p->count, .position = rest.items[i].position,
            .target = rest.items[i].target, .person_id = rest.items[i].person_id, .office_id = rest.items[i].office_id,
            .state = TRY_STATE_ASKED };
        p->count++;
    }
    return (int) rest.count;
}

static struct tried *own_try_of (struct played *p, int person)
{
    struct tried *best = NULL;

    for (size_t i = 0; i < p->count; i++)
        if (p->tries[i].person_id && strcmp (p->tries[i].person_id, ids[person]) == 0)
            best = &p->tries[i];
    return best;
}

static void call_off (struct played *p, const struct tried *but)
{
    for (size_t i = 0; i < p->count; i++)
        if (&p->tries[i] != but && (p->tries[i].state == TRY_STATE_ASKED || p->tries[i].state == TRY_STATE_SEEN))
            p->tries[i].state = TRY_STATE_CALLED_OFF;
}

static void silence (struct played *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->tries[i].position == p->step && p->tries[i].target != TARGET_KIND_LAST_RESORT
            && (p->tries[i].state == TRY_STATE_ASKED || p->tries[i].state == TRY_STATE_SEEN))
            p->tries[i].state = TRY_STATE_NO_ANSWER;
}

static void follow (struct played *p, const struct alert_move *move, struct tried *own, int person)
{
    p->state = move->next;
    if (move->follow == FOLLOW_HOLD || move->follow == FOLLOW_RENEW) {
        own->state = TRY_STATE_ACCEPTED;
        p->holder = person;
        call_off (p, own);
    }
    if (move->follow == FOLLOW_DECLINE || move->follow == FOLLOW_NEXT || move->follow == FOLLOW_REOPEN)
        own->state = TRY_STATE_DECLINED;
    if (move->follow == FOLLOW_REOPEN) {
        p->holder = -1;
        ask_next (p);
    }
    if (move->follow == FOLLOW_NEXT && own->position == p->step && step_is_spent (p->tries, p->count, p->step))
        ask_next (p);
    if (move->follow == FOLLOW_STEP) {
        silence (p);
        ask_next (p);
    }
}

/* Events 0-2 somebody takes it, 3-5 cannot, 6-8 has seen, 9 time is up, 10 the end. */
static enum error_key play (struct played *p, int event)
{
    enum alert_happening happening = event < 3 ? HAPPENING_TAKE : event < 6 ? HAPPENING_CANNOT : event < 9 ? HAPPENING_SEE : HAPPENING_DUE;
    struct tried *own = event < 9 ? own_try_of (p, event % 3) : NULL;
    const struct alert_move *move;

    if (event == 10) {
        enum error_key refusal = alert_end_refusal (p->state, true);

        if (!refusal) {
            p->state = ALERT_STATE_ENDED;
            call_off (p, NULL);
        }
        return refusal;
    }
    move = alert_move (p->state, happening, own ? standing_of (own->state) : STANDING_NONE);
    if (!move->refusal) {
        if (move->follow == FOLLOW_MARK && own && own->state == TRY_STATE_ASKED)
            own->state = TRY_STATE_SEEN;
        follow (p, move, own, event % 3);
    }
    return move->refusal;
}

static int count_state (const struct played *p, enum try_state state)
{
    int count = 0;

    for (size_t i = 0; i < p->count; i++)
        count += p->tries[i].state == state;
    return count;
}

static bool desk_is_asked (const struct played *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->tries[i].target == TARGET_KIND_LAST_RESORT)
            return true;
    return false;
}

/* NULL when everything that must hold does. */
static const char *broken (const struct played *before, const struct played *after, enum error_key refusal, int event)
{
    int accepted = count_state (after, TRY_STATE_ACCEPTED);

    if (refusal && memcmp (before, after, sizeof *before) != 0)
        return "a refusal changes nothing";
    if (after->state == ALERT_STATE_ACCEPTED && (accepted != 1 || after->holder < 0))
        return "N-41 an accepted alert has exactly one holder";
    if (after->state == ALERT_STATE_SEARCHING && (accepted != 0 || after->holder >= 0))
        return "an alert that is searched for has none";
    if (before->state == ALERT_STATE_ENDED && (event < 6 || event == 10) && refusal != ERROR_ALREADY_ENDED)
        return "N-41 after the end every answer is refused";
    if (before->state == ALERT_STATE_ENDED && after->state != ALERT_STATE_ENDED)
        return "an end is an end";
    if (before->state == ALERT_STATE_SEARCHING && after->state == ALERT_STATE_ACCEPTED && event > 2)
        return "N-40 only an acceptance stops the search";
    if (after->state == ALERT_STATE_SEARCHING && !desk_is_asked (after)
        && count_state (after, TRY_STATE_ASKED) + count_state (after, TRY_STATE_SEEN) == 0)
        return "N-30 while nobody has it, somebody is being asked";
    if (after->state != ALERT_STATE_SEARCHING && count_state (after, TRY_STATE_ASKED) + count_state (after, TRY_STATE_SEEN) > 0)
        return "N-42 once it is taken or ended nobody is being asked";
    return NULL;
}

static int64_t sequences, refusals, failures, reopened;

static void walk (const struct played *before, int depth, char *path)
{
    for (int event = 0; event <= 10; event++) {
        struct played after = *before;
        enum error_key refusal = play (&after, event);
        const char *why = broken (before, &after, refusal, event);

        path[depth] = (char) ('a' + event);
        path[depth + 1] = '\0';
        sequences++;
        refusals += refusal != 0;
        reopened += before->state == ALERT_STATE_ACCEPTED && after.state == ALERT_STATE_SEARCHING;
        if (why && failures++ < 5)
            note ("%s: %s", path, why);
        if (depth + 1 < DEPTH && !refusal && memcmp (before, &after, sizeof after) != 0)
            walk (&after, depth + 1, path);
    }
}

static void test_sequences (void)
{
    struct played start;
    char path[DEPTH + 1];

    memset (&start, 0, sizeof start);
    start.state = ALERT_STATE_SEARCHING;
    start.holder = -1;
    ask_next (&start);
    walk (&start, 0, path);
    is_number (failures, 0, "N-40 every sequence of up to eight answers, sights, due times and ends keeps what must hold");
    ok (sequences > 50000 && refusals > 10000 && reopened > 500, "...tens of thousands of them, with refusals and second searches");
}

/* A refusal always has words for the person. */
static void test_refusals_have_words (void)
{
    for (int state = ALERT_STATE_SEARCHING; state <= ALERT_STATE_ENDED; state++)
        for (int happening = 0; happening < HAPPENING_COUNT; happening++)
            for (int standing = 0; standing < STANDING_COUNT; standing++) {
                const struct alert_move *move =
                    alert_move ((enum alert_state)state, (enum alert_happening)happening, (enum standing)standing);
                struct error err = { .key = move->refusal };
                char name[120];

                snprintf (name, sizeof name, "state %d, happening %d, standing %d: a refusal or something that follows, not both", state,
                          happening, standing);
                if (!move->refusal == !move->follow)
                    ok (false, name);
                if (move->refusal && (strcmp (error_name_of (&err), "bug") == 0 || error_kind_of (&err) == ERROR_KIND_INTERNAL))
                    ok (false, "a refusal is no bug");
            }
    ok (true, "every state and event is a row: something follows, or a refusal with words");
}

/* ---- the plan ------------------------------------------------------------------------------------------------------------------------ */

/* What each state of an earlier try means for the plan. */
static void test_who_is_asked_again (void)
{
    static const struct { enum try_state state; bool again; const char *says; } rows[] = {
        { TRY_STATE_PLANNED, true, "who was only planned is still to be asked" },
        { TRY_STATE_ASKED, false, "who is being asked is not asked again" },
        { TRY_STATE_SEEN, false, "...nor who has seen it" },
        { TRY_STATE_ACCEPTED, false, "...nor who holds it" },
        { TRY_STATE_DECLINED, false, "...nor who cannot" },
        { TRY_STATE_NO_ANSWER, false, "...nor who gave no answer" },
        { TRY_STATE_SKIPPED, true, "N-29 who could not be reached is asked when that is no longer so" },
        { TRY_STATE_CALLED_OFF, true, "who was called off may be asked again" } };
    struct resolution order = { .items = (struct answerer *) order_items, .count = 5 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tried tried = { 1, 1, TARGET_KIND_PERSON, "A", NULL, rows[i].state };
        struct resolution rest;
        ARENA (arena);

        rest = plan_rest (&arena, &order, &tried, 1, 1);
        is_number ((int64_t) rest.count, rows[i].again ? 5 : 4, rows[i].says);
        is_number (rest.items[0].position, 2, "...and positions go on after the last one");
    }
}

static void test_steps (void)
{
    static const struct { enum try_state doctor, station; bool spent; const char *says; } rows[] = {
        { TRY_STATE_ASKED, TRY_STATE_ASKED, false, "a doctor who is asked keeps the step" },
        { TRY_STATE_SEEN, TRY_STATE_DECLINED, false, "...also one who has seen it" },
        { TRY_STATE_DECLINED, TRY_STATE_ASKED, true, "a station beside him does not, once he cannot" },
        { TRY_STATE_NO_ANSWER, TRY_STATE_SEEN, true, "...nor when he gave no answer" },
        { TRY_STATE_DECLINED, TRY_STATE_DECLINED, true, "when both cannot, it is spent" },
        { TRY_STATE_CALLED_OFF, TRY_STATE_ASKED, true, "who was called off keeps nothing" },
        { TRY_STATE_PLANNED, TRY_STATE_ASKED, false, "a station alone keeps its step: who is planned is not of it yet" },
        { TRY_STATE_SKIPPED, TRY_STATE_DECLINED, true, "...and ends it" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct tried tried[] = { { 1, 2, TARGET_KIND_PERSON, "B", NULL, rows[i].doctor },
                                       { 2, 2, TARGET_KIND_OFFICE, NULL, "N", rows[i].station },
                                       { 3, 1, TARGET_KIND_PERSON, "A", NULL, TRY_STATE_ASKED },
                                       { 4, 3, TARGET_KIND_LAST_RESORT, NULL, "Z", TRY_STATE_ASKED } };

        is_number (step_is_spent (tried, 4, 2), rows[i].spent, rows[i].says);
    }
    ok (step_is_spent (NULL, 0, 1), "a step of nobody is spent");
}

static void test_delays (void)
{
    struct answerer items[] = { { .position = 2, .delay_seconds = 300 }, { .position = 2, .delay_seconds = 20 },
                                { .position = 2, .delay_seconds = 40 }, { .position = 3, .delay_seconds = 10 } };
    struct resolution plan = { .items = items, .count = 4 };

    is_number (first_delay (&plan), 20, "the shortest delay of the first position counts, wherever it stands in it");
    plan.count = 1;
    is_number (first_delay (&plan), 300, "...alone its own");
    plan.count = 0;
    is_number (first_delay (&plan), LAST_RESORT_REPEAT_SECONDS, "N-46 ...and of nobody, that of asking the last resort again");
}

static void test_answer_details (void)
{
    static const struct {
        enum alert_answer_kind kind;
        bool has_arrival;
        int64_t arrival;
        enum decline_reason decline;
        enum error_key wanted;
    } rows[] = { { ALERT_ANSWER_KIND_BY_TELEPHONE, false, 0, 0, 0 },
                 { ALERT_ANSWER_KIND_BY_TELEPHONE, true, 1, DECLINE_REASON_OTHER, 0 },
                 { ALERT_ANSWER_KIND_AMBULANCE, false, 0, 0, 0 },
                 { ALERT_ANSWER_KIND_VISIT, false, 0, 0, ERROR_ARRIVAL_NEEDED },
                 { ALERT_ANSWER_KIND_VISIT, true, 999, 0, ERROR_TIME_IN_PAST },
                 { ALERT_ANSWER_KIND_VISIT, true, INT64_MIN, 0, ERROR_TIME_IN_PAST },
                 { ALERT_ANSWER_KIND_VISIT, true, 1001, 0, 0 },
                 { ALERT_ANSWER_KIND_CANNOT, false, 0, 0, ERROR_REASON_NEEDED },
                 { ALERT_ANSWER_KIND_CANNOT, true, 1, DECLINE_REASON_UNWELL, 0 } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct alert_answer answer = { .answer = rows[i].kind, .has_arrival_at = rows[i].has_arrival, .arrival_at = rows[i].arrival,
                                       .decline = rows[i].decline };
        struct error err = { 0 };
        char name[80];

        snprintf (name, sizeof name, "answer %zu is complete, or says what it lacks", i);
        is_number (alert_check_answer (&answer, 1000, &err) < 0 ? err.key : 0, rows[i].wanted, name);
    }
}

int main (void)
{
    test_sequences ();
    test_refusals_have_words ();
    test_who_is_asked_again ();
    test_steps ();
    test_delays ();
    test_answer_details ();
    return done ();
}
