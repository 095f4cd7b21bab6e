/* sender.c - see sender.h; what is in flight: flow.h. */
#include "sender.h"
#include <curl/curl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "clock.h"
#include "flow.h"
#include "log.h"

enum { FLOWS = 2, IDLE_MS = 1000, PACE_LEAST_MS = 20 };

struct line { pthread_t thread; struct sender *sender; struct db *db; struct flow flow; int64_t poke_seen, next_claim; };

struct sender {
    pthread_mutex_t lock;                   /* of the adapters' pace */
    _Atomic int64_t pokes;
    _Atomic bool stopping;
    const char *conninfo;
    struct sender_settings settings;
    struct arena arena;
    struct adapters adapters;
    struct line lines[FLOWS];
    int running;
};

int sender_round_with (struct db *db, struct adapters *adapters, enum lane first, enum lane last, size_t *ret_claimed, struct error *err)
{
    struct flow flow = { .adapters = adapters, .first = first, .last = last };
    size_t none;
    int status;

    *ret_claimed = 0;
    if (!flow_open (&flow))
        return fail (err, ERROR_TRY_LATER, NULL, "no transfers");
    status = flow_turn (&flow, db, true, ret_claimed, err);
    while (status == 0 && flow.flying)
        flow_wait (&flow, IDLE_MS);
    if (status == 0 && flow.landed)
        status = flow_turn (&flow, db, false, &none, err);
    flow_close (&flow);
    return status;
}

int sender_round (struct db *db, const struct sender_settings *settings, size_t *ret_claimed, struct error *err)
{
    struct adapters adapters;
    int status;
    ARENA (arena);

    if (adapters_of_settings (&arena, settings, &adapters, err) < 0)
        return -1;
    status = sender_round_with (db, &adapters, LANE_E0, LANE_NEWS, ret_claimed, err);
    for (size_t i = 0; i < adapters.count; i++)
        adapter_forget (&adapters.items[i]);
    return status;
}

static int connect_if_needed (struct line *line, struct error *err)
{
    size_t count = 0;

    if (line->db)
        return db_is_open (line->db) ? 0 : db_reopen (line->db, err);
    while (sender_statements[count].name)
        count++;
    line->db = db_open (line->sender->conninfo, err);
    if (!line->db)
        return -1;
    if (db_prepare (line->db, sender_statements, count, err) < 0) {
        db_close (&line->db);
        return -1;
    }
    return 0;
}

static bool is_claim_due (struct line *line)
{
    bool poked = line->poke_seen != line->sender->pokes;

    line->poke_seen = line->sender->pokes;
    return !line->sender->stopping && (poked || clock_monotonic_us () >= line->next_claim);
}

/* When to claim again: at once while there is more, when a contract allows the next, else when poked or after a second. */
static int64_t pause_ms (const struct line *line, bool failing)
{
    if (failing)
        return IDLE_MS;
    if (line->flow.wait_ms)
        return line->flow.wait_ms < PACE_LEAST_MS ? PACE_LEAST_MS : line->flow.wait_ms < IDLE_MS ? line->flow.wait_ms : IDLE_MS;
    return line->flow.more ? 0 : IDLE_MS;
}

static int64_t idle_ms (const struct line *line, bool failing)
{
    int64_t left = (line->next_claim - clock_monotonic_us ()) / 1000;

    if (failing)
        return IDLE_MS;
    return line->flow.landed || left < 0 ? 0 : left;
}

static int work (struct line *line, bool claims, struct error *err)
{
    size_t claimed;

    if (!claims && !line->flow.landed)
        return 0;
    return connect_if_needed (line, err) < 0 || flow_turn (&line->flow, line->db, claims, &claimed, err) < 0 ? -1 : 0;
}

static void *run (void *arg)
{
    struct line *line = arg;
    bool failing = false;

    while (!line->sender->stopping || line->flow.in_flight) {
        struct error err = { 0 };
        bool claims = is_claim_due (line), failed = work (line, claims, &err) < 0;

        if (failed && !failing)
            log_event (LOG_LEVEL_ERROR, "sender_failed", "error", error_name_of (&err), "detail", err.detail, NULL);
        if (failed && line->sender->stopping)
            break;
        failing = failed;
        if (claims)
            line->next_claim = clock_monotonic_us () + pause_ms (line, failing) * 1000;
        flow_wait (&line->flow, idle_ms (line, failing));
    }
    db_close (&line->db);
    return NULL;
}

static void end (struct sender *sender)
{
    sender->stopping = true;
    for (int i = 0; i < sender->running; i++)
        flow_wake (&sender->lines[i].flow);
    for (int i = 0; i < sender->running; i++)
        pthread_join (sender->lines[i].thread, NULL);
    for (int i = 0; i < FLOWS; i++)
        flow_close (&sender->lines[i].flow);
    for (size_t i = 0; i < sender->adapters.count; i++)
        adapter_forget (&sender->adapters.items[i]);
    pthread_mutex_destroy (&sender->lock);
    arena_done (&sender->arena);
    free (sender);
}

static bool start_lines (struct sender *sender)
{
    for (; sender->running < FLOWS; sender->running++) {
        struct line *line = &sender->lines[sender->running];
        bool urgent = sender->running == 0;

        line->sender = sender;
        line->flow = (struct flow) { .adapters = &sender->adapters, .lock = &sender->lock, .first = urgent ? LANE_E0 : LANE_CODES,
                                     .last = urgent ? LANE_ASKS : LANE_NEWS };
        if (!flow_open (&line->flow) || pthread_create (&line->thread, NULL, run, line) != 0)
            return false;
    }
    return true;
}

struct sender *sender_start (const char *conninfo, const struct sender_settings *settings, struct error *err)
{
    struct sender *sender = calloc (1, sizeof *sender);

    if (!sender)
        abort ();
    curl_global_init (CURL_GLOBAL_DEFAULT);
    sender->conninfo = conninfo;
    sender->settings = *settings;
    pthread_mutex_init (&sender->lock, NULL);
    if (adapters_of_settings (&sender->arena, &sender->settings, &sender->adapters, err) < 0) {
        end (sender);
        return NULL;
    }
    if (!start_lines (sender)) {
        end (sender);
        fail (err, ERROR_TRY_LATER, NULL, "no thread for the sender");
        return NULL;
    }
    return sender;
}

void sender_poke (struct sender *sender)
{
    sender->pokes++;
    for (int i = 0; i < sender->running; i++)
        flow_wake (&sender->lines[i].flow);
}

const struct adapters *sender_adapters (const struct sender *sender)
{
    return &sender->adapters;
}

void sender_stop (struct sender **sender)
{
    if (*sender)
        end (*sender);
    *sender = NULL;
}
