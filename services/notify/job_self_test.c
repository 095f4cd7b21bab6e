/* job_self_test.c - every quarter of an hour an alert of the machine's own: written like any other, its order found by the resolver, one call
 * to the machine's own number (--self-test-phone) by the adapter that calls doctors; when the provider has taken the call it is answered and
 * ended.  Only after that the outside heartbeat is sent (renkei-watch).  Nobody is told of it but when it fails (N-62).
 *
 * Marked synthetic: in no list, no statistics, no feed.  Without a number nothing is tested.
 */
#include "alert_open.h"
#include "clock.h"
#include "ids.h"
#include "log.h"
#include "self_test_store.h"

enum { EVERY_SECONDS = 15 * 60, PATIENCE_SECONDS = 2 * 60 };

static int begin (struct act *act, const char *municipality, struct error *err)
{
    char id[UUID_TEXT];
    struct alert_row alert = { .municipality = municipality, .class = ALERT_CLASS_E1, .urgency = URGENCY_URGENT, .tag = CONDITION_TAG_OTHER,
        .exercise = true, .synthetic = true, .reporter_name = "自己試験", .observed_at = act->now, .received_at = act->now };
    struct entry_row entry = { .at = act->now, .class = ALERT_CLASS_E1, .reporter_name = "自己試験" };
    struct resolver_input input;
    int64_t informed;

    uuid_new (id);
    alert.alert_id = alert.patient_id = entry.entry_id = arena_text (act->arena, id);
    if (self_test_begin (act->db, municipality, alert.alert_id, act->now, err) < 0
        || alert_gather (act, &alert, &input, err) < 0)
        return -1;
    return alert_start (act, &alert, &input, &entry, &informed, err);
}

static int tell_keepers (struct act *act, const char *municipality, struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_ENGINE_TROUBLE, .at = act->now, .urgent = true };
    struct feed_writer feed = act_feed (act);
    struct text_list keepers;

    log_event (LOG_LEVEL_ERROR, "self-test failed", "municipality", municipality, NULL);
    if (keepers_of (act->db, act->arena, municipality, &keepers, err) < 0)
        return -1;
    return feed_add_people (&feed, &notice, keepers, err);
}

static int look_after (struct act *act, const struct self_test *test, struct error *err)
{
    bool late = act->now - test->started_at > (int64_t) PATIENCE_SECONDS * SECOND_US;
    struct alert_row alert;

    if (!test->delivered && !late)
        return 0;
    if (alert_turn (act->db, err) < 0
        || alert_get (act->db, act->arena, test->alert_id, true, &alert, err) < 0
        || (alert.alert_id && alert.state != ALERT_STATE_ENDED
            && alert_finish (act, &alert, NULL, "自己試験", test->delivered ? "届きました" : "届きませんでした", err) < 0)
        || self_test_end (act->db, test->alert_id, test->delivered, act->now, err) < 0)
        return -1;
    return test->delivered || !alert.alert_id ? 0 : tell_keepers (act, alert.municipality, err);
}

int notify_job_self_test (void *self, struct job_run *run, struct error *err)
{
    struct act act = act_of_run (self, run);
    const char *municipality;
    struct self_test test;
    int64_t last;

    if (!act.self->self_test_phone || !*act.self->self_test_phone)
        return 0;
    if (self_test_open (run->db, run->arena, &test, err) < 0)
        return -1;
    if (test.alert_id)
        return look_after (&act, &test, err);
    if (self_test_last (run->db, &last, err) < 0
        || self_test_place (run->db, run->arena, &municipality, err) < 0)
        return -1;
    if (!municipality || run->now - last < (int64_t) EVERY_SECONDS * SECOND_US)
        return 0;
    return alert_turn (run->db, err) < 0 ? -1 : begin (&act, municipality, err);
}
