/* events.h - the owner's side of events: who hears what, the emergency lane, and the answers subscribers pull from (events_answer.c).
 *
 * Order for a reader of the whole log is (incarnation, xid, seq) below the horizon of running transactions: ids are taken in another order
 * than transactions commit, and "id + horizon" loses half of them (measured).  Order for one subject is its version, which needs no
 * horizon.
 */
#ifndef RUNTIME_EVENTS_H
#define RUNTIME_EVENTS_H

#include <stddef.h>
#include "bus_client.h"
#include "db.h"
#include "messages.h"

extern const struct db_statement events_statements[];       /* ended by a row without name */

/* The nth service that hears an event of this name; NULL when there are not so many.  An event nobody hears needs no doorbell. */
const char *event_hearer (const char *event, size_t nth);
/* Names of the events a service hears; empty when it hears none. */
struct text_list events_heard_by (const char *service, struct arena *arena);
/* "jp.renkei.sharing.sheet_updated.v1": its name between the last two dots into ret; false when it has another shape. */
bool event_name_of (const char *type, char ret[64]);

/* The emergency lane: the whole event to every service that hears it, at once.  Nothing waits for the answers: a lost one comes by the
 * normal lane. */
int direct_event_send (struct bus_client *client, const struct event_envelope *event, struct error *err);

/* An event page stays well under the mesh's message limit of 1 MiB. */
enum { EVENT_PAGE_MOST = 500, EVENT_PAGE_BYTES = 640 * 1024, EVENTS_OF_SUBJECT = 50 };

#endif
