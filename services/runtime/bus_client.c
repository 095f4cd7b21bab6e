#include "bus_client_internal.h"
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>
#include "clock.h"

/* ---- slots ------------------------------------------------------------------------------------------------------------------------- */

static void grow (struct bus_client *client)
{
    uint32_t count = client->slot_count ? client->slot_count * 2 : 64;
    struct bus_slot *slots;

    if (count > BUS_REQUESTS_MAX)
        count = BUS_REQUESTS_MAX;
    slots = realloc (client->slots, count * sizeof *slots);
    if (!slots)
        abort ();
    memset (slots + client->slot_count, 0, (count - client->slot_count) * sizeof *slots);
    for (uint32_t i = client->slot_count; i < count; i++)
        slots[i].next = i + 1 < count ? i + 1 : client->first_free;
    client->first_free = client->slot_count;
    client->slots = slots;
    client->slot_count = count;
}

static uint32_t take_slot (struct bus_client *client)
{
    uint32_t number;

    if (client->first_free == BUS_NONE)
        grow (client);
    number = client->first_free;
    client->first_free = client->slots[number].next;
    client->used_count++;
    client->slots[number] = (struct bus_slot) { .generation = client->slots[number].generation + 1, .used = true, .next = BUS_NONE };
    return number;
}

static void forget_bytes (struct bus_slot *slot)
{
    free ((void *) slot->header.data);
    free ((void *) slot->body.data);
    slot->header = slot->body = (struct bytes) { 0 };
}

static void unqueue (struct bus_client *client, uint32_t number)
{
    struct bus_peer *peer = client->slots[number].peer;
    uint32_t before = BUS_NONE;

    for (uint32_t at = peer->first_waiting; at != BUS_NONE; before = at, at = client->slots[at].next)
        if (at == number) {
            *(before == BUS_NONE ? &peer->first_waiting : &client->slots[before].next) = client->slots[at].next;
            if (peer->last_waiting == number)
                peer->last_waiting = before;
            return;
        }
}

/* The slot is free before its callback runs, which may send again. */
static void end (struct bus_client *client, uint32_t number, const struct reply_header *header, struct bytes body)
{
    struct bus_slot *slot = &client->slots[number];
    bus_answered done = slot->done;
    void *arg = slot->arg;

    if (!slot->sent)
        unqueue (client, number);
    forget_bytes (slot);
    slot->used = false;
    slot->next = client->first_free;
    client->first_free = number;
    client->used_count--;
    done (arg, header, body);
}

static void end_unanswered (struct bus_client *client, uint32_t number)
{
    static const struct reply_header later = { .kind = ERROR_KIND_UNAVAILABLE, .key = "try_later" };
    static const struct reply_header unknown = { .kind = ERROR_KIND_UNKNOWN, .key = "outcome_unknown" };
    const struct bus_slot *slot = &client->slots[number];

    end (client, number, slot->sent && slot->is_command ? &unknown : &later, (struct bytes) { 0 });
}

static void expire (struct bus_client *client, int64_t now)
{
    int64_t next = INT64_MAX;

    if (now < client->next_due)
        return;
    client->next_due = INT64_MAX;       /* requests sent by the callbacks lower it again */
    for (uint32_t i = 0; i < client->slot_count; i++)
        if (client->slots[i].used && client->slots[i].due <= now)
            end_unanswered (client, i);
        else if (client->slots[i].used && client->slots[i].due < next)
            next = client->slots[i].due;
    if (next < client->next_due)
        client->next_due = next;
}

/* ---- sending ----------------------------------------------------------------------------------------------------------------------- */

static struct bytes own_copy (struct bytes from)
{
    unsigned char *copy = malloc (from.size ? from.size : 1);

    if (!copy)
        abort ();
    if (from.size)
        memcpy (copy, from.data, from.size);
    return (struct bytes) { copy, from.size };
}

static void queue (struct bus_client *client, uint32_t number)
{
    struct bus_peer *peer = client->slots[number].peer;

    if (peer->last_waiting == BUS_NONE)
        peer->first_waiting = number;
    else
        client->slots[peer->last_waiting].next = number;
    peer->last_waiting = number;
}

static void hand_over_or_queue (struct bus_client *client, uint32_t number, struct bytes header, struct bytes body)
{
    struct bus_slot *slot = &client->slots[number];

    slot->header = header;
    slot->body = body;
    slot->sent = slot->peer->first_waiting == BUS_NONE && bus_peer_hand_over (slot->peer, number, slot);
    slot->header = slot->sent ? (struct bytes) { 0 } : own_copy (header);
    slot->body = slot->sent ? (struct bytes) { 0 } : own_copy (body);
    if (!slot->sent)
        queue (client, number);
    client->again = true;               /* sending may have swallowed the signal of an arriving message */
}

static int pack_header (const struct request_header *header, int timeout_ms, struct arena *arena, struct bytes *ret, struct error *err)
{
    struct request_header complete = *header;

    if (!complete.has_deadline) {
        complete.has_deadline = true;
        complete.deadline = clock_real_us () + (int64_t) timeout_ms * 1000;
    }
    return codec_pack (&request_header_message, &complete, arena, ret, err);
}

int bus_client_send (struct bus_client *client, const char *service, const struct request_header *header, bool is_command,
                     struct bytes body, int timeout_ms, bus_answered done, void *arg, struct error *err)
{
    ARENA (arena);
    struct bytes packed;
    struct bus_peer *peer = bus_peer_find (client, service);
    struct bus_slot *slot;
    uint32_t number;

    if (!peer)
        return fail (err, ERROR_BUG, NULL, "bus: no service %s", service);
    if (client->used_count == BUS_REQUESTS_MAX)
        return fail (err, ERROR_TRY_LATER, NULL, "bus: %d requests in flight", BUS_REQUESTS_MAX);
    if (pack_header (header, timeout_ms, &arena, &packed, err) < 0)
        return -1;
    if (!peer->wants_requests) {
        peer->wants_requests = true;
        bus_peer_open (client, peer);
    }
    number = take_slot (client);
    slot = &client->slots[number];
    slot->is_command = is_command;
    slot->peer = peer;
    slot->done = done;
    slot->arg = arg;
    slot->due = clock_monotonic_us () + (int64_t) timeout_ms * 1000;
    if (slot->due < client->next_due)
        client->next_due = slot->due;
    hand_over_or_queue (client, number, packed, body);
    return 0;
}

static void hand_over_waiting (struct bus_client *client, struct bus_peer *peer)
{
    if (peer->first_waiting == BUS_NONE)
        return;
    while (peer->first_waiting != BUS_NONE && bus_writable (peer->requests)) {
        uint32_t number = peer->first_waiting;
        struct bus_slot *slot = &client->slots[number];

        if (!bus_peer_hand_over (peer, number, slot))
            return;
        unqueue (client, number);
        slot->sent = true;
        forget_bytes (slot);
        client->again = true;
    }
    client->again |= bus_readable (peer->requests);     /* asking whether it is writable may have swallowed the signal */
}

/* ---- receiving --------------------------------------------------------------------------------------------------------------------- */

static struct bytes bytes_of (zmq_msg_t *part)
{
    return (struct bytes) { zmq_msg_data (part), zmq_msg_size (part) };
}

static void answer (struct bus_client *client, const struct bus_peer *peer, zmq_msg_t *parts, int count)
{
    static const struct reply_header unreadable = { .kind = ERROR_KIND_UNKNOWN, .key = "outcome_unknown" };
    ARENA (arena);
    struct error err = { 0 };
    struct reply_header header = { 0 };
    struct bytes body = count > 2 ? bytes_of (&parts[2]) : (struct bytes) { 0 };
    uint32_t correlation[2];
    const struct bus_slot *slot;

    if (count < 2 || zmq_msg_size (&parts[0]) != sizeof correlation)
        return;
    memcpy (correlation, zmq_msg_data (&parts[0]), sizeof correlation);
    if (correlation[0] >= client->slot_count)
        return;
    slot = &client->slots[correlation[0]];
    if (!slot->used || slot->generation != correlation[1] || slot->peer != peer)
        return;                         /* its deadline has passed */
    if (codec_unpack (&reply_header_message, bytes_of (&parts[1]), &arena, &header, &err) < 0)
        end (client, correlation[0], &unreadable, (struct bytes) { 0 });
    else
        end (client, correlation[0], &header, body);
}

static void ring (struct bus_client *client, const struct bus_peer *peer, zmq_msg_t *parts, int count)
{
    ARENA (arena);
    struct error err = { 0 };
    struct doorbell bell = { 0 };
    size_t size = zmq_msg_size (&parts[0]);

    if (count != 2 || codec_unpack (&doorbell_message, bytes_of (&parts[1]), &arena, &bell, &err) < 0)
        return;
    for (size_t i = 0; i < client->subscription_count; i++) {
        const struct bus_subscription *it = &client->subscriptions[i];

        if (it->peer == peer && strlen (it->topic) == size && memcmp (it->topic, zmq_msg_data (&parts[0]), size) == 0)
            it->rung (it->arg, peer->name, &bell);
    }
}

static void drain (struct bus_client *client, struct bus_peer *peer, bool bells)
{
    zmq_msg_t parts[3];
    int count, left = BUS_DRAIN_MAX;

    while ((bells ? peer->bell : peer->requests) && left > 0 && bus_readable (bells ? peer->bell : peer->requests)) {
        count = bus_receive (bells ? peer->bell : peer->requests, parts, 3);
        if (count > 0)
            (bells ? ring : answer) (client, peer, parts, count);
        for (int i = 0; i < count; i++)
            zmq_msg_close (&parts[i]);
        left--;
    }
    client->again |= left == 0;
}

void bus_client_work (struct bus_client *client)
{
    int64_t now = clock_monotonic_us ();

    client->again = false;
    for (size_t i = 0; i < client->peer_count; i++) {
        drain (client, &client->peers[i], false);
        drain (client, &client->peers[i], true);
        hand_over_waiting (client, &client->peers[i]);
        bus_peer_retry (client, &client->peers[i], now);
    }
    expire (client, now);
}

int bus_client_timeout (const struct bus_client *client)
{
    int64_t now = clock_monotonic_us (), until = client->next_due;

    if (client->again)
        return 0;
    for (size_t i = 0; i < client->peer_count; i++)
        if (bus_peer_is_waiting (&client->peers[i]) && client->peers[i].opened + BUS_RETRY_US < until)
            until = client->peers[i].opened + BUS_RETRY_US;
    if (until == INT64_MAX)
        return -1;
    return until <= now ? 0 : (int) ((until - now) / 1000) + 1;
}

int bus_client_fd (const struct bus_client *client)
{
    return client->epoll;
}

/* ---- life -------------------------------------------------------------------------------------------------------------------------- */

struct bus_client *bus_client_open (const char *run_dir, struct error *err)
{
    struct bus_client *client = calloc (1, sizeof *client);

    if (!client)
        abort ();
    client->run_dir = strdup (run_dir);
    client->first_free = BUS_NONE;
    client->next_due = INT64_MAX;
    client->epoll = epoll_create1 (EPOLL_CLOEXEC);
    if (client->run_dir && client->epoll >= 0)
        return client;
    fail (err, ERROR_BUG, NULL, "bus: cannot open");
    bus_client_close (&client);
    return NULL;
}

void bus_client_close (struct bus_client **client_p)
{
    struct bus_client *client = *client_p;

    if (!client)
        return;
    *client_p = NULL;
    for (uint32_t i = 0; i < client->slot_count; i++)
        if (client->slots[i].used)
            end_unanswered (client, i);
    for (size_t i = 0; i < client->peer_count; i++)
        bus_peer_close (client, &client->peers[i]);
    if (client->epoll >= 0)
        close (client->epoll);
    free (client->slots);
    free (client->run_dir);
    free (client);
}

int bus_client_subscribe (struct bus_client *client, const char *service, const char *topic, bus_rung rung, void *arg, struct error *err)
{
    struct bus_peer *peer = bus_peer_find (client, service);

    if (!peer || client->subscription_count == BUS_SUBSCRIPTIONS_MAX)
        return fail (err, ERROR_BUG, NULL, "bus: cannot subscribe to %s of %s", topic, service);
    client->subscriptions[client->subscription_count++] = (struct bus_subscription) { peer, topic, rung, arg };
    if (peer->bell)
        zsock_set_subscribe (peer->bell, topic);
    peer->wants_bell = true;
    bus_peer_open (client, peer);
    return 0;
}

/* ---- one request, waited for --------------------------------------------------------------------------------------------------------- */

struct call { bool done; const struct message_type *answer; void *ret_answer; struct arena *arena; struct error *err; int rc; };

static void call_answered (void *arg, const struct reply_header *header, struct bytes body)
{
    struct call *call = arg;

    call->done = true;
    call->rc = header->ok ? codec_unpack (call->answer, body, call->arena, call->ret_answer, call->err) : bus_error (header, call->err);
}

int bus_client_call (struct bus_client *client, const char *service, const struct request_header *header, const struct message_type *type,
                     const void *message, const struct message_type *answer_type, void *ret_answer, int timeout_ms, struct arena *arena,
                     struct error *err)
{
    struct call call = { .answer = answer_type, .ret_answer = ret_answer, .arena = arena, .err = err };
    struct request_header named = *header;
    struct pollfd poller = { .fd = client->epoll, .events = POLLIN };
    struct bytes body;

    named.message = type->name;
    named.version = type->version;
    if (codec_pack (type, message, arena, &body, err) < 0
        || bus_client_send (client, service, &named, type->flags & IS_COMMAND, body, timeout_ms, call_answered, &call, err) < 0)
        return -1;
    while (!call.done) {
        poll (&poller, 1, bus_client_timeout (client));
        bus_client_work (client);
    }
    return call.rc;
}

static enum error_key key_of (const char *name)
{
    for (int i = 1; name && i < error_table_count; i++)
        if (strcmp (error_table[i].name, name) == 0)
            return (enum error_key) i;
    return ERROR_BUG;                   /* a newer service may know more errors than we do */
}

int bus_error (const struct reply_header *header, struct error *err)
{
    fail (err, key_of (header->key), NULL, "refused: %s", header->key ? header->key : "");
    for (size_t i = 0; i < header->params.count; i++)
        fail_param (err, header->params.items[i].name, "%s", header->params.items[i].value);
    for (size_t i = 0; i < header->fields.count; i++)
        fail_field (err, key_of (header->fields.items[i].key), header->fields.items[i].pointer);
    return -1;
}
