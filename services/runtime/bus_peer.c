#include "bus_client_internal.h"
#include <sys/epoll.h>
#include "clock.h"
#include "mesh.h"

static bool is_name (const char *service)
{
    size_t size = strspn (service, "abcdefghijklmnopqrstuvwxyz0123456789_.");

    return size > 0 && size < BUS_NAME_BYTES && service[size] == '\0' && service[0] != '.';
}

struct bus_peer *bus_peer_find (struct bus_client *client, const char *service)
{
    struct bus_peer *peer;

    for (size_t i = 0; i < client->peer_count; i++)
        if (strcmp (client->peers[i].name, service) == 0)
            return &client->peers[i];
    if (client->peer_count == BUS_PEERS_MAX || !is_name (service))
        return NULL;
    peer = &client->peers[client->peer_count++];
    *peer = (struct bus_peer) { .first_waiting = BUS_NONE, .last_waiting = BUS_NONE };
    snprintf (peer->name, sizeof peer->name, "%s", service);
    return peer;
}

static void watch (struct bus_client *client, zsock_t *socket)
{
    struct epoll_event event = { .events = EPOLLIN };

    epoll_ctl (client->epoll, EPOLL_CTL_ADD, zsock_fd (socket), &event);
}

static zsock_t *connect_to (struct bus_client *client, struct bus_peer *peer, int type, const char *suffix)
{
    struct error err = { 0 };
    char endpoint[256], principal[BUS_NAME_BYTES + 4];
    zsock_t *socket;

    snprintf (endpoint, sizeof endpoint, "ipc://%s/%s%s", client->run_dir, peer->name, suffix);
    snprintf (principal, sizeof principal, "svc:%.*s", (int) strcspn (peer->name, "."), peer->name);
    socket = mesh_connect_nth (type, endpoint, principal, peer->nth, &err);
    if (!socket && peer->nth > 0 && err.key == ERROR_NOT_FOR_YOU) {
        peer->nth = 0;
        socket = mesh_connect_nth (type, endpoint, principal, 0, &err);
    }
    if (socket) {
        zsock_set_sndtimeo (socket, 0);
        watch (client, socket);
    }
    return socket;
}

static void subscribe_all (struct bus_client *client, struct bus_peer *peer)
{
    for (size_t i = 0; i < client->subscription_count; i++)
        if (client->subscriptions[i].peer == peer)
            zsock_set_subscribe (peer->bell, client->subscriptions[i].topic);
}

void bus_peer_open (struct bus_client *client, struct bus_peer *peer)
{
    peer->opened = clock_monotonic_us ();
    if (peer->wants_requests && !peer->requests)
        peer->requests = connect_to (client, peer, ZMQ_DEALER, ".sock");
    if (peer->wants_bell && !peer->bell) {
        peer->bell = connect_to (client, peer, ZMQ_SUB, ".bell.sock");
        if (peer->bell)
            subscribe_all (client, peer);
    }
    client->again = true;               /* events may have come before the fd was watched */
}

static void close_socket (struct bus_client *client, zsock_t **socket)
{
    if (*socket)
        epoll_ctl (client->epoll, EPOLL_CTL_DEL, zsock_fd (*socket), NULL);
    zsock_destroy (socket);
}

void bus_peer_close (struct bus_client *client, struct bus_peer *peer)
{
    close_socket (client, &peer->requests);
    close_socket (client, &peer->bell);
}

bool bus_peer_is_waiting (const struct bus_peer *peer)
{
    return peer->first_waiting != BUS_NONE || (peer->wants_requests && !peer->requests) || (peer->wants_bell && !peer->bell);
}

/* A running peer may still have the key before the newest; and after a change of the allow-list a key may be there that was not. */
void bus_peer_retry (struct bus_client *client, struct bus_peer *peer, int64_t now)
{
    if (!bus_peer_is_waiting (peer) || now - peer->opened < BUS_RETRY_US)
        return;
    if (peer->requests)
        peer->nth++;
    bus_peer_close (client, peer);
    bus_peer_open (client, peer);
}

static bool send_part (void *socket, const void *bytes, size_t size, int flags)
{
    return zmq_send (socket, bytes, size, flags | ZMQ_DONTWAIT) >= 0;
}

/* Only the first part can meet a full or missing pipe; the others follow it. */
bool bus_peer_hand_over (struct bus_peer *peer, uint32_t number, struct bus_slot *slot)
{
    uint32_t correlation[2] = { number, slot->generation };
    void *socket = peer->requests ? zsock_resolve (peer->requests) : NULL;

    if (!socket || !send_part (socket, correlation, sizeof correlation, ZMQ_SNDMORE))
        return false;
    send_part (socket, slot->header.data, slot->header.size, ZMQ_SNDMORE);
    send_part (socket, slot->body.data, slot->body.size, 0);
    return true;
}

int bus_receive (zsock_t *socket, zmq_msg_t *parts, int max)
{
    void *handle = zsock_resolve (socket);
    zmq_msg_t dropped;
    int count = 0;

    for (bool more = true; more; count++) {
        zmq_msg_t *part = count < max ? &parts[count] : &dropped;

        zmq_msg_init (part);
        if (zmq_msg_recv (part, handle, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close (part);
            return count > 0 ? (count < max ? count : max) : -1;
        }
        more = zmq_msg_more (part);
        if (count >= max)
            zmq_msg_close (part);
    }
    return count < max ? count : max;
}

bool bus_readable (zsock_t *socket)
{
    return socket && (zsock_events (socket) & ZMQ_POLLIN);
}

bool bus_writable (zsock_t *socket)
{
    return socket && (zsock_events (socket) & ZMQ_POLLOUT);
}
