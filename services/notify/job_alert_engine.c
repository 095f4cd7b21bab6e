/* job_alert_engine.c - what is due in open alerts: nobody has answered, so the next one is asked; nobody is left, so the last resort again.
 *
 * Also what is due while somebody holds an alert (alert_times.h), and telling dispatch what became of an incident's alert.
 *
 * A step that fails is put off and the others go on; after three failures the last resort is called without looking for an order.
 * Everything that matters is a row: after a restart what is overdue happens once, oldest first.  One alert a transaction at most, so that
 * one alert never waits for another's commit; more at once by job_run.again.  Two engines: the lease lets one work, the row lock covers the
 * rest.
 */
#include "alert_contacts.h"
#include "alert_news.h"
#include "alert_states.h"
#include "alert_steps.h"
#include "alert_times.h"
#include "clock.h"
#include "log.h"
#include "roster_store.h"

enum { LATE_SECONDS = 60, FAILURES_MOST = 3, JUMP_SECONDS = 300, BACK_SECONDS = 60 };

/* Those of the step who have not answered, in the course; several at once are one line each. */
static int write_silence (struct act *act, const struct alert_row *alert, const struct try_rows *tries, struct error *err)
{
    for (size_t i = 0; i < tries->count; i++) {
        const struct alert_try *view = &tries->items[i].view;
        const struct timeline_entry line = { .kind = TIMELINE_KIND_NO_ANSWER, .at = act->now, .person_id = view->person_id,
            .name = view->name };

        if (view->position > alert->step || view->target == TARGET_KIND_LAST_RESORT || view->target == TARGET_KIND_HOSPITAL
            || (view->state != TRY_STATE_ASKED && view->state != TRY_STATE_SEEN)
            || view->asked_at + tries->items[i].delay_seconds * (int64_t) SECOND_US > act->now)
            continue;
        if (alert_add_line (act->db, alert, &line, err) < 0)
            return -1;
    }
    return alert_silence (act->db, alert, alert->step, act->now, err);
}

/* Nobody is asked twice in the feed for one step: who was just asked does not also hear that the next one was asked. */
static int tell_next (struct act *act, const struct alert_row *alert, struct error *err)
{
    struct try_rows tries;
    const char **asked;
    size_t count = 0;

    if (alert_get_tries (act->db, act->arena, alert, &tries, err) < 0)
        return -1;
    asked = arena_alloc (act->arena, (tries.count + 1) * sizeof *asked);
    for (size_t i = 0; i < tries.count; i++)
        if (tries.items[i].view.person_id && tries.items[i].view.position == alert->step)
            asked[count++] = tries.items[i].view.person_id;
    return alert_tell (act, alert, FEED_KIND_ALERT_NEXT, (struct text_list) { .items = asked, .count = count }, NULL, err);
}

/* Nothing was done for a while (the machine slept, the database was away): the delay stands in the course. */
static int write_delay (struct act *act, const struct alert_row *alert, struct error *err)
{
    int64_t late = (act->now - alert->next_action_at) / SECOND_US;
    const struct timeline_entry line = { .kind = TIMELINE_KIND_NOTE, .at = act->now,
        .text = arena_print (act->arena, "連絡が予定より%lld分遅れました。いまの当番に連絡します", (long long) late / 60) };

    return late > LATE_SECONDS && alert->next_action_at ? alert_add_line (act->db, alert, &line, err) : 0;
}

static int step (struct act *act, struct alert_row *alert, struct error *err)
{
    struct try_rows tries;
    int before = alert->step;

    if (alert->failures >= FAILURES_MOST)
        return alert_ask_desk (act, alert, err);
    if (alert_get_tries (act->db, act->arena, alert, &tries, err) < 0
        || write_silence (act, alert, &tries, err) < 0
        || write_delay (act, alert, err) < 0
        || alert_ask_next (act, alert, NULL, err) < 0)
        return -1;
    poke_after_commit (act->batch, "deliver");
    if (alert->step == before)
        return 0;
    return tell_next (act, alert, err) < 0 ? -1 : news_add (act, alert, NEWS_CHANGE, "次の方へ連絡しました", err);
}

/* ---- what failed last time ------------------------------------------------------------------------------------------------------------
 */

static void remember (struct act *act, const struct alert_row *alert)
{
    snprintf (act->self->engine.working, sizeof act->self->engine.working, "%s", alert->alert_id);
    act->self->engine.working_version = alert->version;
    act->self->engine.telling = false;
}

/* The alert of the last run, if it still is what it was then: that run did not come to its end.  It waits a while, the others go on. */
static int put_off (struct act *act, struct error *err)
{
    struct engine_memory *memory = &act->self->engine;
    char working[sizeof memory->working];

    memcpy (working, memory->working, sizeof working);
    memory->working[0] = '\0';
    if (!*working)
        return 0;
    return alert_turn (act->db, err) < 0 ? -1 : alert_put_off (act->db, working, memory->working_version, memory->telling, act->now, err);
}

/* ---- dispatch -------------------------------------------------------------------------------------------------------------------------
 */

static int tell_dispatch (struct act *act, bool *ret_found, struct error *err)
{
    struct alert_moved event;
    struct alert_row alert;

    if (alert_claim_moved (act->db, act->arena, &alert, err) < 0)
        return -1;
    *ret_found = alert.alert_id != NULL;
    if (!*ret_found)
        return 0;
    remember (act, &alert);
    act->self->engine.telling = true;                          /* what was told leaves the alert's version as it is */
    event = (struct alert_moved) { .alert_id = alert.alert_id, .patient_id = alert.patient_id, .state = alert.state, .at = act->now,
                                   .exercise = alert.exercise };
    if (incidents_of_alert (act->db, act->arena, alert.alert_id, false, &event.incidents, err) < 0
        || alert_contacts_load (act->db, act->arena, &alert, act->now, &event.contacts, err) < 0
        || act_announce (act, &alert_moved_message, &event, alert.municipality, err) < 0)
        return -1;
    return alert_told_moved (act->db, &alert, err);
}

/* An alert planned under another roster: its plan is made anew, nobody is asked before his time. */
static int plan_one_again (struct act *act, bool *ret_found, struct error *err)
{
    struct alert_row alert;
    int64_t version;

    if (roster_version (act->db, &version, err) < 0
        || alert_claim_stale (act->db, act->arena, version, &alert, err) < 0)
        return -1;
    *ret_found = alert.alert_id != NULL;
    if (!*ret_found)
        return 0;
    remember (act, &alert);
    return alert_plan_again (act, &alert, err);
}

static int work (struct act *act, struct alert_row *alert, struct error *err)
{
    switch (alert_move (alert->state, HAPPENING_DUE, STANDING_NONE)->follow) {
    case FOLLOW_STEP:
        return step (act, alert, err);
    case FOLLOW_TIMES:
        return alert_time_came (act, alert, err);
    default:
        return 0;
    }
}

static int run_one (struct act *act, bool *ret_again, struct error *err)
{
    struct alert_row alert;

    if (alert_claim_due (act->db, act->arena, act->now, &alert, err) < 0)
        return -1;
    if (alert.alert_id) {
        *ret_again = true;
        remember (act, &alert);
        return work (act, &alert, err);
    }
    if (tell_dispatch (act, ret_again, err) < 0)
        return -1;
    return *ret_again ? 0 : plan_one_again (act, ret_again, err);
}

/* ---- the wall clock -------------------------------------------------------------------------------------------------------------------
 */

/* Set back, everything due would wait for as long: it moves with the clock.  Set forward, what is due happens, once; it is logged. */
static int watch_clock (struct act *act, struct error *err)
{
    struct engine_memory *memory = &act->self->engine;
    int64_t monotonic = clock_monotonic_us (), jump = 0;

    if (memory->last_now)
        jump = (act->now - memory->last_now) - (monotonic - memory->last_monotonic);
    memory->last_now = act->now;
    memory->last_monotonic = monotonic;
    if (jump > (int64_t) JUMP_SECONDS * SECOND_US)
        log_event (LOG_LEVEL_WARNING, "clock jumped forward", "seconds", arena_print (act->arena, "%lld", (long long) jump / SECOND_US), NULL);
    if (jump > -(int64_t) BACK_SECONDS * SECOND_US)
        return 0;
    log_event (LOG_LEVEL_WARNING, "clock was set back", "seconds", arena_print (act->arena, "%lld", (long long) -jump / SECOND_US), NULL);
    return alert_turn (act->db, err) < 0 ? -1 : alert_shift_times (act->db, jump, err);
}

int notify_job_alert_engine (void *self, struct job_run *run, struct error *err)
{
    struct act act = act_of_run (self, run);
    bool any;

    if (watch_clock (&act, err) < 0
        || put_off (&act, err) < 0
        || alert_any_due (run->db, run->now, &any, err) < 0)
        return -1;
    if (!any)
        return 0;
    if (alert_turn (run->db, err) < 0)
        return -1;
    return run_one (&act, run->again, err);
}
