#include "hearing_listener.h"
#include "clock.h"
#include "db_internal.h"
#include "failpoint.h"
#include "job_store.h"
#include "log.h"
#include "metrics.h"

enum { TRIES_MAX = 5 };

/* ---- one transaction --------------------------------------------------------------------------------------------------------------- */

int listener_begin (struct listener *listener, struct error *err)
{
    bool held = false;

    failpoint_forget ();
    if (db_begin (listener->db, err) < 0
        || lease_check (listener->db, listener->lease, listener->runtime->name, listener->fence, &held, &listener->now, err) < 0)
        return -1;
    if (held)
        return 0;
    listener->fence = 0;
    return fail (err, ERROR_TRY_LATER, NULL, "the lease %s is somebody else's", listener->lease);
}

int listener_commit (struct listener *listener, struct error *err)
{
    failpoint ("hear_before_commit");
    if (db_commit (listener->db, err) < 0)
        return -1;
    failpoint ("hear_after_commit");
    batch_committed (&listener->batch);
    return 0;
}

void listener_give_up (struct listener *listener)
{
    db_rollback (listener->db);
    batch_dropped (&listener->batch);
}

bool listener_is_lost (const struct listener *listener, const struct error *err)
{
    return err->connection_lost || !db_is_open (listener->db) || err->key == ERROR_OUTCOME_UNKNOWN || listener->fence == 0;
}

/* Nothing of the batch depends on the lease before its subjects are locked: both travel together. */
static int transact (struct listener *listener, struct hearing_item *items, size_t count, const char *also, struct error *err)
{
    struct hearing_lease lease = { 0 };
    struct hearing_context context = { .runtime = listener->runtime, .batch = &listener->batch, .arena = &listener->arena,
                                       .source = listener->source, .start = &listener->cursor.start, .tags = true, .lease = &lease };

    failpoint_forget ();
    for (size_t i = 0; i < count; i++)
        items[i].outcome = HEARING_OPEN;
    if (db_begin (listener->db, err) == 0
        && lease_ask (listener->db, listener->lease, listener->runtime->name, listener->fence, &lease.rows, err) == 0
        && hearing_apply (&context, items, count, also, err) == 0 && listener_commit (listener, err) == 0)
        return 0;
    if (lease.is_lost)
        listener->fence = 0;
    listener_give_up (listener);
    return -1;
}

static bool is_passing (const struct error *err)
{
    return strncmp (err->sqlstate, "40", 2) == 0 || err->key == ERROR_STILL_RUNNING || err->key == ERROR_TRY_LATER;
}

/* A deadlock, or somebody applying the same on the emergency lane, passes by itself. */
static int transact_patiently (struct listener *listener, struct hearing_item *items, size_t count, const char *also, struct error *err)
{
    for (int tries = 1; transact (listener, items, count, also, err) < 0; tries++) {
        if (listener_is_lost (listener, err) || !is_passing (err) || tries == TRIES_MAX)
            return -1;
        usleep (1000u << tries);
    }
    return 0;
}

/* ---- one event that fails ---------------------------------------------------------------------------------------------------------- */

bool listener_is_resting (const struct listener *listener, const char *subject)
{
    int64_t now = clock_monotonic_us ();

    for (size_t i = 0; i < listener->resting_count; i++)
        if (listener->resting[i].version > now && strcmp (listener->resting[i].subject, subject) == 0)
            return true;
    return false;
}

/* So that a failed event is not met again at once through a bell or the sweep; the attempts in the database bring it back. */
static void rest (struct listener *listener, const char *subject, int64_t attempts)
{
    int64_t now = clock_monotonic_us (), until = now + (100000LL << (attempts < 6 ? attempts : 6));
    size_t place = 0;

    while (place < listener->resting_count && listener->resting[place].version > now)
        place++;
    if (place == RESTING_MAX)
        return;
    if (place == listener->resting_count)
        listener->resting_count++;
    snprintf (listener->resting[place].subject, UUID_TEXT, "%s", subject);
    listener->resting[place].version = until;
}

static void tell_failure (const struct listener *listener, const struct event_envelope *event, int64_t attempts, bool quarantined,
                          const struct error *why)
{
    char count[24];

    snprintf (count, sizeof count, "%lld", (long long) attempts);
    log_event (quarantined ? LOG_LEVEL_ERROR : LOG_LEVEL_WARNING, quarantined ? "event_quarantined" : "event_failed", "source",
               listener->source, "type", event->type, "id", event->id, "attempts", count, "error", error_name_of (why), "detail",
               why->detail, NULL);
    metric_add (metric_counter ("renkei_hear_failures_total", "source", "Events that could not be applied, by publisher."),
                listener->source, 1);
}

static const char *reason_of (const struct error *why, char buffer[200])
{
    snprintf (buffer, 200, "%s", error_name_of (why));
    for (int i = 0; i < why->field_count && i < 1; i++)
        snprintf (buffer, 200, "%s at %s", error_name_of (why), why->fields[i].pointer);
    if (why->sqlstate[0])
        snprintf (buffer, 200, "%s (%s)", error_name_of (why), why->sqlstate);
    return buffer;
}

/* counted: the attempt was written down before it was made; 0: not yet. */
static int write_failure (struct listener *listener, const struct event_envelope *event, int64_t counted, const struct error *why,
                          int64_t *ret_attempts, bool *ret_quarantined, struct error *err)
{
    char reason[200];

    *ret_attempts = counted;
    if (listener_begin (listener, err) < 0
        || (counted == 0 && hearing_store_attempt (listener->db, listener->source, event, ret_attempts, err) < 0))
        return -1;
    *ret_quarantined = *ret_attempts >= ATTEMPTS_MAX || hearing_is_hopeless (why);
    if (*ret_quarantined
        && hearing_store_quarantine (listener->db, listener->source, event, *ret_attempts, reason_of (why, reason), listener->now,
                                     &listener->arena, err) < 0)
        return -1;
    return db_commit (listener->db, err);
}

static int note_failure (struct listener *listener, const struct event_envelope *event, int64_t counted, const struct error *why,
                         struct error *err)
{
    int64_t attempts = 0;
    bool quarantined = false;

    if (write_failure (listener, event, counted, why, &attempts, &quarantined, err) < 0) {
        listener_give_up (listener);
        return -1;
    }
    tell_failure (listener, event, attempts, quarantined, why);
    rest (listener, event->subject, attempts);
    return 0;
}

/* ---- one by one -------------------------------------------------------------------------------------------------------------------- */

static int count_first (struct listener *listener, const struct event_envelope *event, int64_t *ret_attempts, struct error *err)
{
    if (listener_begin (listener, err) == 0 && hearing_store_attempt (listener->db, listener->source, event, ret_attempts, err) == 0
        && db_commit (listener->db, err) == 0)
        return 0;
    listener_give_up (listener);
    return -1;
}

static int apply_alone (struct listener *listener, struct hearing_item *item, struct error *err)
{
    static const struct error crashed = { .key = ERROR_BUG, .detail = "the process stopped each time this event was applied" };
    struct error why = { 0 };
    int64_t counted = 0;

    if (listener_is_resting (listener, item->event->subject)) {
        item->outcome = HEARING_WAITS;
        return 0;
    }
    if (listener->careful > 0) {
        listener->careful--;
        if (count_first (listener, item->event, &counted, err) < 0)
            return -1;
    }
    if (counted <= ATTEMPTS_MAX && transact_patiently (listener, item, 1, NULL, &why) == 0)
        return 0;
    if (counted > ATTEMPTS_MAX)
        why = crashed;
    else if (listener_is_lost (listener, &why)) {
        *err = why;
        return -1;
    }
    item->outcome = HEARING_WAITS;
    return note_failure (listener, item->event, counted, &why, err);
}

/* One by one may take longer than a lease lasts. */
static int keep_lease (struct listener *listener, struct error *err)
{
    int64_t fence = 0;

    if (clock_monotonic_us () - listener->renewed < TICK_US)
        return 0;
    if (lease_take (listener->db, listener->lease, listener->runtime->name, &fence, err) < 0)
        return -1;
    listener->renewed = clock_monotonic_us ();
    if (fence == listener->fence)
        return 0;
    listener->fence = 0;
    return fail (err, ERROR_TRY_LATER, NULL, "the lease %s is somebody else's", listener->lease);
}

/* A batch fails as a whole; then each of its events shows for itself which one it was. */
int listener_apply (struct listener *listener, struct hearing_item *items, size_t count, const char *also, struct error *err)
{
    int64_t before = clock_monotonic_us ();
    int rc = 0;

    if (listener->careful == 0) {
        rc = transact_patiently (listener, items, count, also, err);
        if (rc < 0 && listener_is_lost (listener, err))
            return -1;
    }
    if (listener->careful > 0 || rc < 0) {
        for (size_t i = 0; i < count; i++)
            if (keep_lease (listener, err) < 0 || apply_alone (listener, &items[i], err) < 0)
                return -1;
    }
    for (size_t i = 0; i < count; i++)
        if (items[i].outcome == HEARING_APPLIED || items[i].outcome == HEARING_OLD)
            listener_know (listener, items[i].event->subject, items[i].reached);
    metric_observe (metric_seconds ("renkei_hear_batch_seconds", "source", "Time to apply a batch of heard events, by publisher."),
                    listener->source, (double) (clock_monotonic_us () - before) / SECOND_US);
    metric_add (metric_counter ("renkei_heard_events_total", "source", "Events read and dealt with, by publisher."), listener->source,
                (double) count);
    return 0;
}
