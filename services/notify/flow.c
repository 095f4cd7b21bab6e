/* flow.c - see flow.h. */
#include "flow.h"
#include <curl/curl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include "clock.h"
#include "failpoint.h"
#include "sender.h"

enum { HOST_MOST = 16 };                /* connections to one partner */

/* The memory of one claim's messages: freed with the last of them. */
struct batch_memory { struct arena arena; size_t users; };

bool flow_open (struct flow *flow)
{
    flow->multi = curl_multi_init ();
    if (flow->multi)
        curl_multi_setopt (flow->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long) HOST_MOST);
    return flow->multi != NULL;
}

static void drop (struct hand *hand)
{
    struct batch_memory *memory = hand->memory;

    hand_close (hand);
    if (--memory->users > 0)
        return;
    arena_done (&memory->arena);
    free (memory);
}

static void drop_all (struct flow *flow, struct hand **list)
{
    while (*list) {
        struct hand *hand = *list;

        *list = hand->next;
        if (hand->easy)
            curl_multi_remove_handle (flow->multi, hand->easy);
        flow->in_flight--;
        drop (hand);
    }
}

void flow_close (struct flow *flow)
{
    drop_all (flow, &flow->flying);
    drop_all (flow, &flow->landed);
    if (flow->multi)
        curl_multi_cleanup (flow->multi);
    flow->multi = NULL;
}

void flow_wake (struct flow *flow)
{
    curl_multi_wakeup (flow->multi);
}

/* ---- how much may be claimed ------------------------------------------------------------------------------------------------------------ */

static void lock (struct flow *flow)
{
    if (flow->lock)
        pthread_mutex_lock (flow->lock);
}

static void unlock (struct flow *flow)
{
    if (flow->lock)
        pthread_mutex_unlock (flow->lock);
}

/* A channel nobody serves is claimed as well: its messages fail in words. */
static struct wish wish_of (struct flow *flow)
{
    const bool urgent = (int) flow->last <= (int) LANE_URGENT_LAST;
    int64_t room = FLOW_MOST - (int64_t) flow->in_flight, most = room < CLAIM_MOST ? room : CLAIM_MOST;
    struct wish wish = { .first = flow->first, .last = flow->last, .most = most };

    flow->wait_ms = 0;
    lock (flow);
    for (int kind = 1; kind < KINDS; kind++) {
        struct adapter *adapter = adapters_choose (flow->adapters, (enum contact_kind) kind, 1);
        int64_t wait;

        wish.most_of[kind] = adapter ? pace_room (&adapter->pace, clock_monotonic_us (), urgent, most) : most;
        wait = adapter ? pace_wait_ms (&adapter->pace, urgent) : 0;
        if (wait && (!flow->wait_ms || wait < flow->wait_ms))
            flow->wait_ms = wait;
    }
    unlock (flow);
    return wish;
}

/* ---- beginning and landing ---------------------------------------------------------------------------------------------------------------- */

static void land (struct flow *flow, struct hand *hand)
{
    for (struct hand **at = &flow->flying; *at; at = &(*at)->next)
        if (*at == hand) {
            *at = hand->next;
            break;
        }
    hand->next = flow->landed;
    flow->landed = hand;
}

/* A contact's code that is too old to be used, or whose contact was forgotten meanwhile. */
static bool is_past (const struct claimed *claim)
{
    return claim->lane == LANE_CODES && claim->code && (!claim->address || claim->age_seconds >= CODE_SECONDS);
}

static void begin (struct flow *flow, struct hand *hand)
{
    const struct claimed *claim = &hand->claim;

    hand->next = flow->flying;
    flow->flying = hand;
    flow->in_flight++;
    hand->begun = clock_monotonic_us ();
    if ((claim->asks && !claim->alert_open) || is_past (claim))
        hand_answer (hand, SENT_CANCELLED, NULL);
    else if (!claim->address)
        hand_answer (hand, SENT_PERMANENT, "連絡先がありません");
    else if (!hand->adapter)
        hand_answer (hand, SENT_PERMANENT, "この連絡手段は設定されていません");
    else {
        lock (flow);
        pace_take (&hand->adapter->pace, 1);
        unlock (flow);
        hand->adapter->begin (hand->adapter, hand);
    }
    if (hand->answer.sent)
        land (flow, hand);
    else if (hand->easy && curl_multi_add_handle (flow->multi, hand->easy) != CURLM_OK) {
        hand_answer (hand, SENT_TEMPORARY, "送信の準備ができませんでした");
        land (flow, hand);
    }
}

static void begin_all (struct flow *flow, const struct claims *claims, struct batch_memory *memory)
{
    memory->users = claims->count;
    for (size_t i = 0; i < claims->count; i++) {
        struct hand *hand = arena_alloc (&memory->arena, sizeof *hand);

        hand->arena = &memory->arena;
        hand->memory = memory;
        hand->claim = claims->items[i];
        hand->adapter = adapters_choose (flow->adapters, hand->claim.kind, hand->claim.attempts);
        hand_fill (hand, flow->adapters->links);
        begin (flow, hand);
    }
}

static void collect_transfers (struct flow *flow)
{
    int left;

    for (CURLMsg *message; (message = curl_multi_info_read (flow->multi, &left));) {
        struct hand *hand = NULL;
        long status = 0;

        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &hand);
        curl_easy_getinfo (message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
        hand->adapter->end (hand->adapter, hand, (int) message->data.result, status);
        curl_multi_remove_handle (flow->multi, hand->easy);
        land (flow, hand);
    }
}

/* Commands (FAX): ended, or ended by us when they take too long. */
static void collect_children (struct flow *flow)
{
    for (struct hand *hand = flow->flying, *next; hand; hand = next) {
        int status = 0;
        bool late = clock_monotonic_us () - hand->begun > (int64_t) HAND_OVER_SECONDS * SECOND_US;

        next = hand->next;
        if (!hand->child)
            continue;
        if (late)
            kill (hand->child, SIGKILL);
        if (waitpid (hand->child, &status, late ? 0 : WNOHANG) != hand->child)
            continue;
        hand->child = 0;
        hand->adapter->end (hand->adapter, hand, WIFEXITED (status) ? WEXITSTATUS (status) : 255, 0);
        land (flow, hand);
    }
}

void flow_wait (struct flow *flow, int64_t milliseconds)
{
    bool commands = false;
    int running;

    for (const struct hand *hand = flow->flying; hand; hand = hand->next)
        commands = commands || hand->child;
    if (milliseconds > 0)
        curl_multi_poll (flow->multi, NULL, 0, (int) (commands && milliseconds > 50 ? 50 : milliseconds), NULL);
    curl_multi_perform (flow->multi, &running);
    collect_transfers (flow);
    if (commands)
        collect_children (flow);
}

/* ---- a turn -------------------------------------------------------------------------------------------------------------------------------- */

static int write_landed (struct flow *flow, struct db *db, struct error *err)
{
    for (struct hand *hand = flow->landed; hand; hand = hand->next) {
        struct result result = result_of (&hand->claim, &hand->answer, hand->adapter ? hand->adapter->name : NULL,
                                          adapters_for (flow->adapters, hand->claim.kind));

        if (delivery_result (db, &hand->claim, &result, err) < 0)
            return -1;
    }
    return 0;
}

static int turn (struct flow *flow, struct db *db, bool claims, struct arena *arena, struct claims *ret, struct error *err)
{
    struct wish wish;
    bool may_leave;

    if (write_landed (flow, db, err) < 0)
        return -1;
    if (!claims)
        return 0;
    if (delivery_may_leave (db, &may_leave, err) < 0)
        return -1;
    wish = wish_of (flow);
    if (!may_leave || wish.most <= 0)
        return 0;
    if (delivery_claim (db, arena, &wish, ret, err) < 0)
        return -1;
    flow->more = (int64_t) ret->count >= wish.most;
    return 0;
}

int flow_turn (struct flow *flow, struct db *db, bool claims, size_t *ret_claimed, struct error *err)
{
    struct batch_memory *memory = calloc (1, sizeof *memory);
    struct claims claimed = { 0 };

    flow->more = false;
    if (!memory)
        abort ();
    if (flow->landed)
        failpoint ("after_delivery");
    if (db_begin (db, err) < 0) {
        free (memory);
        return -1;
    }
    if (turn (flow, db, claims, &memory->arena, &claimed, err) < 0 || db_commit (db, err) < 0) {
        if (db_is_open (db))
            db_rollback (db);
        arena_done (&memory->arena);
        free (memory);
        return -1;
    }
    drop_all (flow, &flow->landed);
    *ret_claimed = claimed.count;
    if (claimed.count) {
        failpoint ("after_claim");
        begin_all (flow, &claimed, memory);
        return 0;
    }
    arena_done (&memory->arena);
    free (memory);
    return 0;
}
