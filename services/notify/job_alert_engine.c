/* job_alert_engine.c - what is due in open alerts: nobody has answered, so the next one is asked; nobody is left, so the last resort again.
 *
 * Everything that matters is a row: after a restart what is overdue happens once, oldest first.  One alert a transaction at most, so that
 * one alert never waits for another's commit; more at once by job_run.again.  Two engines: the lease lets one work, the row lock covers the
 * rest.
 */
#include "alert_states.h"
#include "alert_steps.h"
#include "roster_store.h"

/* Those of the step who have not answered, in the course; several at once are one line each. */
static int write_silence (struct act *act, const struct alert_row *alert, const struct try_rows *tries, struct error *err)
{
    for (size_t i = 0; i < tries->count; i++) {
        const struct alert_try *view = &tries->items[i].view;
        const struct timeline_entry line = { .kind = TIMELINE_KIND_NO_ANSWER, .at = act->now, .person_id = view->person_id,
            .name = view->name };

        if (view->position != alert->step || view->target == TARGET_KIND_LAST_RESORT
            || (view->state != TRY_STATE_ASKED && view->state != TRY_STATE_SEEN))
            continue;
        if (alert_add_line (act->db, alert, &line, err) < 0)
            return -1;
    }
    return alert_silence (act->db, alert, alert->step, err);
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

static int step (struct act *act, struct alert_row *alert, struct error *err)
{
    struct try_rows tries;
    int before = alert->step;

    if (alert_get_tries (act->db, act->arena, alert, &tries, err) < 0
        || write_silence (act, alert, &tries, err) < 0
        || alert_ask_next (act, alert, NULL, err) < 0)
        return -1;
    poke_after_commit (act->batch, "deliver");
    return alert->step == before ? 0 : tell_next (act, alert, err);
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
    return *ret_found ? alert_plan_again (act, &alert, err) : 0;
}

int notify_job_alert_engine (void *self, struct job_run *run, struct error *err)
{
    struct act act = act_of_run (self, run);
    struct alert_row alert;
    bool any;

    if (alert_any_due (run->db, run->now, &any, err) < 0)
        return -1;
    if (!any)
        return 0;
    if (alert_turn (run->db, err) < 0
        || alert_claim_due (run->db, run->arena, run->now, &alert, err) < 0)
        return -1;
    if (!alert.alert_id)
        return plan_one_again (&act, run->again, err);
    *run->again = true;
    if (alert_move (alert.state, HAPPENING_DUE, STANDING_NONE)->follow != FOLLOW_STEP)
        return 0;
    return step (&act, &alert, err);
}
