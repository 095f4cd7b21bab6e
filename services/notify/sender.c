/* sender.c - see sender.h. */
#include "sender.h"
#include <curl/curl.h>
#include <pthread.h>
#include "failpoint.h"
#include "log.h"
#include "sender_network.h"

/* One message a claim, so that a claim of half a minute always outlives its sending; several threads, so that a slow partner holds up
 * nobody else. */
enum { CLAIM_MOST = 1, THREADS = 3, IDLE_SECONDS = 1, INFORM_ATTEMPTS = 8 };

struct line { pthread_t thread; struct sender *sender; struct db *db; int64_t poke_seen; };

struct sender {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    int64_t pokes;
    bool stopping;
    const char *conninfo;
    struct sender_settings settings;
    struct line lines[THREADS];
    int running;
};

static enum sent send_one (struct arena *arena, const struct sender_settings *settings, const struct claimed *claim, const char **ret_error)
{
    *ret_error = NULL;
    if (claim->asks && !claim->alert_open)
        return SENT_CANCELLED;
    *ret_error = "連絡先がありません";
    if (!claim->address)
        return SENT_PERMANENT;
    if (claim->kind == CONTACT_KIND_WEBHOOK)
        return network_webhook (arena, settings, claim, ret_error);
    *ret_error = "この連絡手段は設定されていません";
    if (claim->kind == CONTACT_KIND_EMAIL)
        return *settings->smtp_url ? network_mail (arena, settings, claim, ret_error) : SENT_PERMANENT;
    return *settings->voice_url ? network_voice (arena, settings, claim, ret_error) : SENT_PERMANENT;
}

static int finish (struct db *db, const struct claimed *claim, enum sent sent, const char *error, struct error *err)
{
    if (sent == SENT_TEMPORARY && !claim->asks && claim->attempts >= INFORM_ATTEMPTS)
        sent = SENT_PERMANENT;
    if (db_begin (db, err) < 0)
        return -1;
    if (delivery_result (db, claim, sent, retry_seconds (claim->attempts), sent == SENT_DELIVERED ? NULL : error, err) < 0) {
        db_rollback (db);
        return -1;
    }
    return db_commit (db, err);
}

static int claim (struct db *db, struct arena *arena, struct claims *ret, struct error *err)
{
    bool may_leave;

    *ret = (struct claims) { 0 };
    if (db_begin (db, err) < 0)
        return -1;
    if (delivery_may_leave (db, &may_leave, err) < 0
        || (may_leave && delivery_claim (db, arena, CLAIM_MOST, ret, err) < 0)) {
        db_rollback (db);
        return -1;
    }
    return db_commit (db, err);
}

int sender_round (struct db *db, const struct sender_settings *settings, size_t *ret_claimed, struct error *err)
{
    ARENA (arena);
    struct claims claims;

    if (claim (db, &arena, &claims, err) < 0)
        return -1;
    *ret_claimed = claims.count;
    if (claims.count)
        failpoint ("after_claim");
    for (size_t i = 0; i < claims.count; i++) {
        const char *error;
        enum sent sent = send_one (&arena, settings, &claims.items[i], &error);

        failpoint ("after_delivery");
        if (finish (db, &claims.items[i], sent, error, err) < 0)
            return -1;
    }
    return 0;
}

/* Returns at once when there is more.  False when the sender is to stop. */
static bool wait_for_work (struct line *line, bool more)
{
    struct sender *sender = line->sender;
    struct timespec until;
    bool going;

    clock_gettime (CLOCK_MONOTONIC, &until);
    until.tv_sec += IDLE_SECONDS;
    pthread_mutex_lock (&sender->lock);
    while (!more && line->poke_seen == sender->pokes && !sender->stopping)
        if (pthread_cond_timedwait (&sender->wake, &sender->lock, &until) != 0)
            break;
    line->poke_seen = sender->pokes;
    going = !sender->stopping;
    pthread_mutex_unlock (&sender->lock);
    return going;
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

static void *run (void *arg)
{
    struct line *line = arg;
    bool failing = false;
    size_t claimed;

    do {
        struct error err = { 0 };

        claimed = 0;
        if (connect_if_needed (line, &err) == 0 && sender_round (line->db, &line->sender->settings, &claimed, &err) == 0) {
            failing = false;
            continue;
        }
        if (!failing)
            log_event (LOG_LEVEL_ERROR, "sender_failed", "error", error_name_of (&err), "detail", err.detail, NULL);
        failing = true;
        claimed = 0;
        if (line->db)
            db_rollback (line->db);
    } while (wait_for_work (line, claimed == CLAIM_MOST));
    if (line->db)
        db_close (&line->db);
    return NULL;
}

static void end (struct sender *sender)
{
    pthread_mutex_lock (&sender->lock);
    sender->stopping = true;
    pthread_cond_broadcast (&sender->wake);
    pthread_mutex_unlock (&sender->lock);
    for (int i = 0; i < sender->running; i++)
        pthread_join (sender->lines[i].thread, NULL);
    pthread_cond_destroy (&sender->wake);
    pthread_mutex_destroy (&sender->lock);
    free (sender);
}

struct sender *sender_start (const char *conninfo, const struct sender_settings *settings, struct error *err)
{
    struct sender *sender = calloc (1, sizeof *sender);
    pthread_condattr_t attributes;

    if (!sender)
        abort ();
    curl_global_init (CURL_GLOBAL_DEFAULT);
    sender->conninfo = conninfo;
    sender->settings = *settings;
    pthread_mutex_init (&sender->lock, NULL);
    pthread_condattr_init (&attributes);
    pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
    pthread_cond_init (&sender->wake, &attributes);
    pthread_condattr_destroy (&attributes);
    for (; sender->running < THREADS; sender->running++) {
        struct line *line = &sender->lines[sender->running];

        line->sender = sender;
        if (pthread_create (&line->thread, NULL, run, line) != 0) {
            end (sender);
            fail (err, ERROR_TRY_LATER, NULL, "no thread for the sender");
            return NULL;
        }
    }
    return sender;
}

void sender_poke (struct sender *sender)
{
    pthread_mutex_lock (&sender->lock);
    sender->pokes++;
    pthread_cond_broadcast (&sender->wake);
    pthread_mutex_unlock (&sender->lock);
}

void sender_stop (struct sender **sender)
{
    if (*sender)
        end (*sender);
    *sender = NULL;
}
