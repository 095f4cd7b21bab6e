/* job_alert_auditor.c - every minute: an open alert that should have been acted on more than a minute ago is taken up again at once, its
 * course says so, and whoever looks after the machine is told (N-61).  So is one without any next action, which the engine never leaves.
 */
#include "alert_news.h"
#include "alert_steps.h"
#include "clock.h"
#include "incident_store.h"
#include "log.h"

enum { OVERDUE_SECONDS = 60 };

static int rearm (struct act *act, const struct alert_row *alert, struct error *err)
{
    const struct timeline_entry line = { .kind = TIMELINE_KIND_NOTE, .at = act->now, .text = "連絡が止まっていたため、再開しました" };
    const struct notice notice = { .kind = FEED_KIND_ENGINE_TROUBLE, .at = act->now, .urgent = true };
    struct feed_writer feed = act_feed (act);
    struct text_list keepers;

    log_event (LOG_LEVEL_ERROR, "alert was not acted on in time", "alert", alert->alert_id, NULL);
    if (alert_add_line (act->db, alert, &line, err) < 0
        || alert_rearm (act->db, alert, act->now, err) < 0
        || keepers_of (act->db, act->arena, alert->municipality, &keepers, err) < 0)
        return -1;
    return feed_add_people (&feed, &notice, keepers, err);
}

int notify_job_alert_auditor (void *self, struct job_run *run, struct error *err)
{
    struct act act = act_of_run (self, run);
    struct alert_rows overdue;

    if (alert_overdue (run->db, run->arena, run->now - (int64_t) OVERDUE_SECONDS * SECOND_US, &overdue, err) < 0)
        return -1;
    if (overdue.count == 0)
        return 0;
    if (alert_turn (run->db, err) < 0
        || alert_overdue (run->db, run->arena, run->now - (int64_t) OVERDUE_SECONDS * SECOND_US, &overdue, err) < 0)
        return -1;
    for (size_t i = 0; i < overdue.count; i++)
        if (rearm (&act, &overdue.items[i], err) < 0)
            return -1;
    poke_after_commit (run->batch, "alert_engine");
    return 0;
}
