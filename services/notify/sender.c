/* sender.c - see sender.h. */
#include "sender.h"
#include <curl/curl.h>
#include <pthread.h>
#include "log.h"
#include "sender_network.h"

enum { CLAIM_MOST = 8, IDLE_SECONDS = 1, INFORM_ATTEMPTS = 8 };

struct sender {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool poked, stopping;
    const char *conninfo;
    struct sender_settings settings;
    struct db *db;
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
    for (size_t i = 0; i < claims.count; i++) {
        const char *error;
        enum sent sent = send_one (&arena, settings, &claims.items[i], &error);

        if (finish (db, &claims.items[i], sent, error, err) < 0)
            return -1;
    }
    return 0;
}

/* Returns at once when there is more.  False when the sender is to stop. */
static bool wait_for_work (struct sender *sender, bool more)
{
    struct timespec until;
    bool going;

    clock_gettime (CLOCK_MONOTONIC, &until);
    until.tv_sec += IDLE_SECONDS;
    pthread_mutex_lock (&sender->lock);
    while (!more && !sender->poked && !sender->stopping)
        if (pthread_cond_timedwait (&sender->wake, &sender->lock, &until) != 0)
            break;
    sender->poked = false;
    going = !sender->stopping;
    pthread_mutex_unlock (&sender->lock);
    return going;
}

static int connect_if_needed (struct sender *sender, struct error *err)
{
    size_t count = 0;

    if (sender->db)
        return db_is_open (sender->db) ? 0 : db_reopen (sender->db, err);
    while (sender_statements[count].name)
        count++;
    sender->db = db_open (sender->conninfo, err);
    if (!sender->db)
        return -1;
    if (db_prepare (sender->db, sender_statements, count, err) < 0) {
        db_close (&sender->db);
        return -1;
    }
    return 0;
}

static void *run (void *arg)
{
    struct sender *sender = arg;
    bool failing = false;
    size_t claimed;

    do {
        struct error err = { 0 };

        claimed = 0;
        if (connect_if_needed (sender, &err) < 0 || sender_round (sender->db, &sender->settings, &claimed, &err) < 0) {
            if (!failing)
                log_event (LOG_LEVEL_ERROR, "sender_failed", "error", error_name_of (&err), "detail", err.detail, NULL);
            failing = true;
            if (sender->db)
                db_rollback (sender->db);
            claimed = 0;
        }
        else
            failing = false;
    } while (wait_for_work (sender, claimed == CLAIM_MOST));
    db_close (&sender->db);
    return NULL;
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
    if (pthread_create (&sender->thread, NULL, run, sender) != 0) {
        free (sender);
        fail (err, ERROR_TRY_LATER, NULL, "no thread for the sender");
        return NULL;
    }
    return sender;
}

void sender_poke (struct sender *sender)
{
    pthread_mutex_lock (&sender->lock);
    sender->poked = true;
    pthread_cond_signal (&sender->wake);
    pthread_mutex_unlock (&sender->lock);
}

void sender_stop (struct sender **sender)
{
    if (!*sender)
        return;
    pthread_mutex_lock (&(*sender)->lock);
    (*sender)->stopping = true;
    pthread_cond_signal (&(*sender)->wake);
    pthread_mutex_unlock (&(*sender)->lock);
    pthread_join ((*sender)->thread, NULL);
    pthread_cond_destroy (&(*sender)->wake);
    pthread_mutex_destroy (&(*sender)->lock);
    free (*sender);
    *sender = NULL;
}
