/* answer_calendar_feed.c - duty for a calendar program that knows a secret address.
 *
 * Takes:      calendar_feed                  (proto/notify/calendar_feed.query)
 * Refuses:    not_for_you  no such address, revoked, or its maker works there no longer
 * Publishes:  nothing; keeps what the calendar said, so that changes get a higher SEQUENCE and what is no more is cancelled.
 *             No ledger row is due: it shows staff, no person in care
 * Repeats:    says the same while nothing changes
 */
#include <sodium.h>
#include "clock.h"
#include "ical_duty.h"
#include "notify.h"
#include "shift_cache_store.h"

struct reading {
    struct request *request;
    const struct shift_source *source;
    struct ical_address address;
    struct text_list staff;
    int64_t since, until;
    struct ical_events shifts;
};

static int add_place (struct reading *reading, const char *place, struct error *err)
{
    struct duty_lines lines;

    if (duty_load (reading->request->db, reading->request->arena, reading->source, place, reading->since, reading->until, &lines, err) < 0)
        return -1;
    ical_add_duty (reading->request->arena, &reading->address, reading->staff, &lines, &reading->shifts);
    return 0;
}

static int add_places (struct reading *reading, struct error *err)
{
    struct db *db = reading->request->db;
    struct arena *arena = reading->request->arena;
    const struct ical_address *address = &reading->address;
    struct text_list places = { &address->located_in, address->located_in != NULL };

    if (address->scope == CALENDAR_SCOPE_PERSON && ical_places (db, arena, address->subject, &places, err) < 0)
        return -1;
    if (address->scope == CALENDAR_SCOPE_OFFICE && ical_staff (db, arena, address->subject, &reading->staff, err) < 0)
        return -1;
    for (size_t i = 0; i < places.count; i++)
        if (add_place (reading, places.items[i], err) < 0)
            return -1;
    return 0;
}

static int open_address (struct reading *reading, const char *token, struct error *err)
{
    unsigned char hash[ICAL_HASH_BYTES];

    crypto_hash_sha256 (hash, (const unsigned char *) token, strlen (token));
    if (ical_open (reading->request->db, reading->request->arena, hash, reading->request->now, &reading->address, err) < 0)
        return -1;
    return reading->address.calendar_id ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such calendar");
}

int notify_handle_calendar_feed (struct notify *self, struct request *request, const struct calendar_feed *message,
                                 struct file_answer *answer,
                                 struct error *err)
{
    const struct shift_source source = { self->shifts, shift_cache_shifts };
    const int64_t day = (int64_t) 86400 * SECOND_US;
    struct reading reading = { .request = request, .source = &source, .since = request->now - ICAL_PAST_DAYS * day,
                               .until = request->now + ICAL_AHEAD_DAYS * day };
    struct ical_events stored, events;

    if (open_address (&reading, message->token, err) < 0 || add_places (&reading, err) < 0
        || ical_stored (request->db, request->arena, &reading.address, &stored, err) < 0)
        return -1;
    events = ical_merge (request->arena, &stored, &reading.shifts, reading.since, request->now);
    answer->body = ical_text (request->arena, ical_title (request->arena, &reading.address), &events);
    answer->media_type = "text/calendar; charset=utf-8";
    return ical_store (request->db, &reading.address, &events, reading.since, err);
}
