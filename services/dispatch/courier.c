/* courier.c - see courier.h. */
#include "courier.h"
#include <curl/curl.h>
#include <stdlib.h>

enum { CONNECT_MS = 2000 };

struct flight { struct flight *next; CURL *easy; struct curl_slist *headers; struct landing landing; struct arena arena; };
struct courier { CURLM *multi; struct flight *flights; size_t count; int whole_ms; };

struct courier *courier_open (int whole_ms)
{
    struct courier *courier = calloc (1, sizeof *courier);

    if (!courier || !(courier->multi = curl_multi_init ()))
        abort ();
    courier->whole_ms = whole_ms;
    return courier;
}

/* Takes it out of the list and frees it. */
static void drop (struct courier *courier, struct flight *flight)
{
    for (struct flight **at = &courier->flights; *at; at = &(*at)->next)
        if (*at == flight) {
            *at = flight->next;
            courier->count--;
            break;
        }
    if (flight->easy) {
        curl_multi_remove_handle (courier->multi, flight->easy);
        curl_easy_cleanup (flight->easy);
    }
    curl_slist_free_all (flight->headers);
    arena_done (&flight->arena);
    free (flight);
}

void courier_close (struct courier **courier)
{
    if (!*courier)
        return;
    while ((*courier)->flights)
        drop (*courier, (*courier)->flights);
    curl_multi_cleanup ((*courier)->multi);
    free (*courier);
    *courier = NULL;
}

size_t courier_in_flight (const struct courier *courier)
{
    return courier->count;
}

static size_t forget (char *bytes, size_t size, size_t count, void *with)
{
    (void) bytes;
    (void) with;
    return size * count;
}

static void add_headers (struct flight *flight, const struct parcel *parcel)
{
    const char *lines[] = { arena_print (&flight->arena, "Content-Type: %s", parcel->media_type),
                            arena_print (&flight->arena, "webhook-id: %s", parcel->id),
                            arena_print (&flight->arena, "webhook-timestamp: %lld", (long long) parcel->seconds),
                            arena_print (&flight->arena, "webhook-signature: %s", parcel->signature), "Expect:" };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        flight->headers = curl_slist_append (flight->headers, lines[i]);
}

static void prepare (struct courier *courier, struct flight *flight, const struct parcel *parcel)
{
    curl_easy_setopt (flight->easy, CURLOPT_URL, parcel->url);
    curl_easy_setopt (flight->easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt (flight->easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt (flight->easy, CURLOPT_PROXY, "");
    curl_easy_setopt (flight->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (flight->easy, CURLOPT_CONNECTTIMEOUT_MS, (long) CONNECT_MS);
    curl_easy_setopt (flight->easy, CURLOPT_TIMEOUT_MS, (long) courier->whole_ms);
    curl_easy_setopt (flight->easy, CURLOPT_WRITEFUNCTION, forget);
    curl_easy_setopt (flight->easy, CURLOPT_HTTPHEADER, flight->headers);
    curl_easy_setopt (flight->easy, CURLOPT_POSTFIELDSIZE, (long) parcel->body.size);
    curl_easy_setopt (flight->easy, CURLOPT_COPYPOSTFIELDS, (const char *) parcel->body.data);
    curl_easy_setopt (flight->easy, CURLOPT_PRIVATE, flight);
}

bool courier_send (struct courier *courier, const struct parcel *parcel)
{
    struct flight *flight;
    int running;

    if (courier->count == COURIER_MOST)
        return false;
    flight = calloc (1, sizeof *flight);
    if (!flight)
        abort ();
    flight->landing = (struct landing) { .number = parcel->number, .attempts = parcel->attempts };
    flight->next = courier->flights;
    courier->flights = flight;
    courier->count++;
    flight->easy = curl_easy_init ();
    if (!flight->easy) {
        drop (courier, flight);
        return false;
    }
    add_headers (flight, parcel);
    prepare (courier, flight, parcel);
    if (curl_multi_add_handle (courier->multi, flight->easy) != CURLM_OK) {
        drop (courier, flight);
        return false;
    }
    curl_multi_perform (courier->multi, &running);
    return true;
}

void courier_work (struct courier *courier, int milliseconds)
{
    int running;

    curl_multi_perform (courier->multi, &running);
    if (running == (int) courier->count && running > 0 && milliseconds > 0) {
        curl_multi_poll (courier->multi, NULL, 0, milliseconds, NULL);
        curl_multi_perform (courier->multi, &running);
    }
}

bool courier_landed (struct courier *courier, struct landing *ret)
{
    int left;

    for (CURLMsg *message; (message = curl_multi_info_read (courier->multi, &left));) {
        struct flight *flight = NULL;
        long status = 0;

        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &flight);
        if (message->data.result == CURLE_OK)
            curl_easy_getinfo (message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
        *ret = flight->landing;
        ret->status = status;
        drop (courier, flight);
        return true;
    }
    return false;
}
