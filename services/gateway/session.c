#include "session.h"
#include <errno.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include "clock.h"
#include "log.h"
#include "session_store.h"

enum { BUCKETS = 4096, TOGETHER_MAX = 64, ENTRIES_MAX = 20000 };

struct waiter { struct waiter *next; session_found found; void *arg; };

struct entry {                              /* one token, of the loop's thread */
    struct entry *next;
    unsigned char hash[TOKEN_HASH_BYTES];
    struct session *session;                /* NULL: never answered yet */
    struct waiter *waiters;
    int64_t asked_us, verified_us;          /* monotonic; verified: when what is in `session` was asked for */
    bool asking, forgotten;
};

struct question { struct question *next; unsigned char hash[TOKEN_HASH_BYTES]; struct session *answer; bool away; };

struct check { struct arena arena; struct text_list ids, open; bool away; sessions_checked checked; void *arg; };

struct sessions {
    struct entry *buckets[BUCKETS];
    size_t entry_count;
    bool there;
    int64_t away_us;                        /* since when not; 0 when there */
    bool checking;
    int wake;                               /* eventfd: the thread has answered */
    char *conninfo;
    pthread_t thread;
    pthread_mutex_t mutex;                  /* guards everything below */
    pthread_cond_t asked;
    bool stopping;
    struct question *questions, **last_question, *answers;
    struct check *check, *checked;          /* asked; answered */
};

/* ---- sessions --------------------------------------------------------------------------------------------------------------------- */

struct session *session_new (void)
{
    struct session *session = calloc (1, sizeof *session);

    if (!session)
        abort ();
    session->references = 1;
    return session;
}

struct session *session_hold (struct session *session)
{
    session->references++;
    return session;
}

void session_drop (struct session **session)
{
    if (*session && --(*session)->references == 0) {
        arena_done (&(*session)->arena);
        free (*session);
    }
    *session = NULL;
}

void token_hash (const char *token, unsigned char ret[TOKEN_HASH_BYTES])
{
    SHA256 ((const unsigned char *) token, strlen (token), ret);
}

/* ---- the database's thread -------------------------------------------------------------------------------------------------------- */

static struct db *connect_now (struct db *db, const char *conninfo)
{
    struct error err;

    if (db && db_is_open (db))
        return db;
    if (db && db_reopen (db, &err) == 0)
        return db;
    if (!db && (db = db_open (conninfo, &err))) {
        if (session_store_prepare (db, &err) == 0)
            return db;
        db_close (&db);
    }
    log_event (LOG_LEVEL_WARNING, "sessions: no database", "detail", err.detail, NULL);
    return db;
}

static const char *hex_of (struct arena *arena, const unsigned char hash[TOKEN_HASH_BYTES])
{
    char *text = arena_alloc (arena, 2 * TOKEN_HASH_BYTES + 1);

    for (size_t i = 0; i < TOKEN_HASH_BYTES; i++)
        snprintf (text + 2 * i, 3, "%02x", hash[i]);
    return text;
}

static void answer_questions (struct db *db, struct question *list, size_t count)
{
    struct session *found[TOGETHER_MAX] = { NULL };
    const char *hex[TOGETHER_MAX];
    struct error err;
    ARENA (arena);
    size_t i = 0;
    bool away;

    for (struct question *q = list; q; q = q->next)
        hex[i++] = hex_of (&arena, q->hash);
    away = !db || !db_is_open (db) || session_store_find (db, (struct text_list) { hex, count }, found, &err) < 0;
    if (away && db && db_is_open (db))
        log_event (LOG_LEVEL_ERROR, "sessions: not answered", "detail", err.detail, NULL);
    i = 0;
    for (struct question *q = list; q; q = q->next) {
        q->answer = found[i++];
        q->away = away;
    }
}

static void answer_check (struct db *db, struct check *check)
{
    struct error err;

    check->away = !db || !db_is_open (db) || session_store_open (db, check->ids, &check->arena, &check->open, &err) < 0;
}

/* Takes up to TOGETHER_MAX questions off the list. */
static struct question *take_questions (struct sessions *self, size_t *ret_count)
{
    struct question *list = self->questions, **end = &list;
    size_t count = 0;

    while (*end && count < TOGETHER_MAX) {
        end = &(*end)->next;
        count++;
    }
    self->questions = *end;
    if (!*end)
        self->last_question = &self->questions;
    *end = NULL;
    *ret_count = count;
    return list;
}

static void give_back (struct sessions *self, struct question *list, struct check *check)
{
    struct question **end = &list;
    uint64_t one = 1;

    pthread_mutex_lock (&self->mutex);
    while (*end)
        end = &(*end)->next;
    *end = self->answers;
    self->answers = list;
    if (check)
        self->checked = check;
    pthread_mutex_unlock (&self->mutex);
    if (write (self->wake, &one, sizeof one) < 0 && errno != EAGAIN)
        abort ();
}

static void *run_thread (void *arg)
{
    struct sessions *self = arg;
    struct db *db = connect_now (NULL, self->conninfo);

    pthread_mutex_lock (&self->mutex);
    while (!self->stopping) {
        struct question *list;
        struct check *check;
        size_t count;

        if (!self->questions && !self->check) {
            pthread_cond_wait (&self->asked, &self->mutex);
            continue;
        }
        list = take_questions (self, &count);
        check = self->check;
        self->check = NULL;
        pthread_mutex_unlock (&self->mutex);
        db = connect_now (db, self->conninfo);
        if (list)
            answer_questions (db, list, count);
        if (check)
            answer_check (db, check);
        give_back (self, list, check);
        pthread_mutex_lock (&self->mutex);
    }
    pthread_mutex_unlock (&self->mutex);
    if (db)
        db_close (&db);
    return NULL;
}

/* ---- the loop's thread ------------------------------------------------------------------------------------------------------------ */

static struct entry **bucket_of (struct sessions *self, const unsigned char *hash)
{
    return &self->buckets[(hash[0] | hash[1] << 8) % BUCKETS];
}

static struct entry *find_entry (struct sessions *self, const unsigned char *hash)
{
    struct entry *entry = *bucket_of (self, hash);

    while (entry && memcmp (entry->hash, hash, TOKEN_HASH_BYTES) != 0)
        entry = entry->next;
    return entry;
}

static struct entry *add_entry (struct sessions *self, const unsigned char *hash)
{
    struct entry *entry = calloc (1, sizeof *entry), **bucket = bucket_of (self, hash);

    if (!entry)
        abort ();
    memcpy (entry->hash, hash, TOKEN_HASH_BYTES);
    entry->next = *bucket;
    *bucket = entry;
    self->entry_count++;
    return entry;
}

static void ask (struct sessions *self, struct entry *entry)
{
    struct question *question = calloc (1, sizeof *question);

    if (!question)
        abort ();
    memcpy (question->hash, entry->hash, TOKEN_HASH_BYTES);
    if (entry->forgotten)
        session_drop (&entry->session);
    entry->asking = true;
    entry->forgotten = false;
    entry->asked_us = clock_monotonic_us ();
    pthread_mutex_lock (&self->mutex);
    *self->last_question = question;
    self->last_question = &question->next;
    pthread_cond_signal (&self->asked);
    pthread_mutex_unlock (&self->mutex);
}

static bool is_fresh (const struct entry *entry)
{
    return entry->session && !entry->forgotten && clock_monotonic_us () - entry->verified_us < SESSION_AGE_US;
}

/* Whom this token would stand for if the database were, or stayed, away. */
static bool is_worth_keeping (const struct sessions *self, const struct entry *entry)
{
    int64_t now = clock_monotonic_us (), from = self->away_us ? self->away_us : now;

    return entry->session && entry->session->known && !entry->session->locked && !entry->forgotten
           && entry->verified_us >= from - REMEMBERED_MINUTES * 60LL * SECOND_US
           && entry->verified_us >= now - REMEMBERED_HOURS * 3600LL * SECOND_US;
}

struct session *sessions_remembered (struct sessions *self, const unsigned char hash[TOKEN_HASH_BYTES])
{
    struct entry *entry = find_entry (self, hash);

    return self->away_us && entry && is_worth_keeping (self, entry) ? entry->session : NULL;
}

struct session *sessions_find (struct sessions *self, const unsigned char hash[TOKEN_HASH_BYTES], session_found found, void *arg)
{
    struct entry *entry = find_entry (self, hash);
    struct waiter *waiter;

    if (entry && !entry->asking && is_fresh (entry))
        return entry->session;
    if (!entry)
        entry = add_entry (self, hash);
    waiter = calloc (1, sizeof *waiter);
    if (!waiter)
        abort ();
    *waiter = (struct waiter) { entry->waiters, found, arg };
    entry->waiters = waiter;
    if (!entry->asking)
        ask (self, entry);
    return NULL;
}

void sessions_forget (struct sessions *self, const char *session_id)
{
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct entry *entry = self->buckets[i]; entry; entry = entry->next)
            if (entry->asking || (entry->session && entry->session->known && strcmp (entry->session->session_id, session_id) == 0))
                entry->forgotten = true;
}

static void tell_waiters (struct entry *entry, struct session *session)
{
    struct waiter *list = entry->waiters;

    entry->waiters = NULL;
    while (list) {
        struct waiter *waiter = list;

        list = waiter->next;
        waiter->found (waiter->arg, session);
        free (waiter);
    }
}

static void take_answer (struct sessions *self, struct question *question)
{
    struct entry *entry = find_entry (self, question->hash);

    entry->asking = false;
    self->there = !question->away;
    if (!question->away)
        self->away_us = 0;
    else if (!self->away_us)
        self->away_us = clock_monotonic_us ();
    if (question->away) {
        tell_waiters (entry, NULL);         /* who it was stays: see sessions_remembered () */
        return;
    }
    if (entry->forgotten) {
        session_drop (&question->answer);
        ask (self, entry);
        return;
    }
    session_drop (&entry->session);
    entry->session = question->answer;
    entry->verified_us = entry->asked_us;
    tell_waiters (entry, entry->session);
}

static void take_check (struct sessions *self, struct check *check)
{
    self->checking = false;
    check->checked (check->arg, check->away ? NULL : &check->open);
    arena_done (&check->arena);
    free (check);
}

void sessions_work (struct sessions *self)
{
    struct question *answers;
    struct check *checked;
    uint64_t count;

    if (read (self->wake, &count, sizeof count) < 0 && errno != EAGAIN)
        abort ();
    pthread_mutex_lock (&self->mutex);
    answers = self->answers;
    checked = self->checked;
    self->answers = NULL;
    self->checked = NULL;
    pthread_mutex_unlock (&self->mutex);
    while (answers) {
        struct question *question = answers;

        answers = question->next;
        take_answer (self, question);
        free (question);
    }
    if (checked)
        take_check (self, checked);
}

bool sessions_check (struct sessions *self, struct text_list ids, sessions_checked checked, void *arg)
{
    struct check *check;
    const char **copy;

    if (self->checking)
        return false;
    check = calloc (1, sizeof *check);
    if (!check)
        abort ();
    copy = arena_alloc (&check->arena, sizeof *copy * ids.count + 1);
    for (size_t i = 0; i < ids.count; i++)
        copy[i] = arena_text (&check->arena, ids.items[i]);
    check->ids = (struct text_list) { copy, ids.count };
    check->checked = checked;
    check->arg = arg;
    self->checking = true;
    pthread_mutex_lock (&self->mutex);
    self->check = check;
    pthread_cond_signal (&self->asked);
    pthread_mutex_unlock (&self->mutex);
    return true;
}

/* One allocation instead of an arena, and no context: twenty thousand of these are 7 MB. */
static struct session *without_context (const struct session *session)
{
    enum { ROLES_MOST = 24 };
    struct small { struct session session; int roles[ROLES_MOST]; char person[40], id[40], office[40], municipality[8]; };
    struct small *small = calloc (1, sizeof *small);

    if (!small)
        abort ();
    small->session = *session;
    small->session.references = 1;
    small->session.arena = (struct arena) { 0 };
    small->session.context = NULL;
    small->session.role_list.items = small->roles;
    if (small->session.role_list.count > ROLES_MOST)
        small->session.role_list.count = ROLES_MOST;
    memcpy (small->roles, session->role_list.items, small->session.role_list.count * sizeof *small->roles);
    snprintf (small->person, sizeof small->person, "%s", session->person_id);
    snprintf (small->id, sizeof small->id, "%s", session->session_id);
    snprintf (small->office, sizeof small->office, "%s", session->office_id);
    snprintf (small->municipality, sizeof small->municipality, "%s", session->municipality);
    small->session.person_id = small->person;
    small->session.session_id = small->id;
    small->session.office_id = small->office;
    small->session.municipality = small->municipality;
    return &small->session;
}

static void shrink (struct entry *entry)
{
    struct session *small;

    if (!entry->session->context)
        return;
    small = without_context (entry->session);
    session_drop (&entry->session);
    entry->session = small;
}

void sessions_tidy (struct sessions *self)
{
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct entry **at = &self->buckets[i]; *at;) {
            struct entry *entry = *at;

            bool few = self->entry_count <= ENTRIES_MAX, keep = is_worth_keeping (self, entry);

            if (entry->asking || entry->waiters || (few && (is_fresh (entry) || keep))) {
                if (!entry->asking && !entry->waiters && keep && !is_fresh (entry))
                    shrink (entry);
                at = &entry->next;
                continue;
            }
            *at = entry->next;
            session_drop (&entry->session);
            free (entry);
            self->entry_count--;
        }
}

int sessions_fd (const struct sessions *self)
{
    return self->wake;
}

bool sessions_are_there (const struct sessions *self)
{
    return self->there;
}

/* ---- open and close --------------------------------------------------------------------------------------------------------------- */

struct sessions *sessions_open (const char *conninfo)
{
    struct sessions *self = calloc (1, sizeof *self);

    if (!self)
        abort ();
    self->conninfo = strdup (conninfo);
    self->wake = eventfd (0, EFD_NONBLOCK | EFD_CLOEXEC);
    self->last_question = &self->questions;
    self->there = true;
    pthread_mutex_init (&self->mutex, NULL);
    pthread_cond_init (&self->asked, NULL);
    if (!self->conninfo || self->wake < 0 || pthread_create (&self->thread, NULL, run_thread, self) != 0)
        abort ();
    return self;
}

static void free_questions (struct question *list)
{
    while (list) {
        struct question *question = list;

        list = question->next;
        session_drop (&question->answer);
        free (question);
    }
}

static void free_entries (struct sessions *self)
{
    for (size_t i = 0; i < BUCKETS; i++)
        while (self->buckets[i]) {
            struct entry *entry = self->buckets[i];

            self->buckets[i] = entry->next;
            tell_waiters (entry, NULL);
            session_drop (&entry->session);
            free (entry);
        }
}

static void free_check (struct check *check)
{
    if (!check)
        return;
    arena_done (&check->arena);
    free (check);
}

void sessions_close (struct sessions **sessions)
{
    struct sessions *self = *sessions;

    if (!self)
        return;
    *sessions = NULL;
    pthread_mutex_lock (&self->mutex);
    self->stopping = true;
    pthread_cond_signal (&self->asked);
    pthread_mutex_unlock (&self->mutex);
    pthread_join (self->thread, NULL);
    free_questions (self->questions);
    free_questions (self->answers);
    free_check (self->check);
    free_check (self->checked);
    free_entries (self);
    pthread_mutex_destroy (&self->mutex);
    pthread_cond_destroy (&self->asked);
    close (self->wake);
    free (self->conninfo);
    free (self);
}
