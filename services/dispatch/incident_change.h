/* incident_change.h - one incident is made anew from all its messages, and what follows is written and announced.  Used by intake and by
 * people's commands; the caller holds the subject's lock. */
#ifndef DISPATCH_INCIDENT_CHANGE_H
#define DISPATCH_INCIDENT_CHANGE_H

#include "incident_fold.h"
#include "incident_store.h"
#include "partner_store.h"

/* The same for the same partner and number: two reports at once cannot make two incidents. */
const char *incident_id_of (struct arena *arena, const char *partner_id, const char *number);

/* extra: one more message beside those that are kept; may be NULL.  incident: as found (incident_id NULL: new), changed and written. */
int incident_change (struct request *request, const struct partner *partner, const char *incident_id, const char *number,
                     const struct intake_message *extra, struct incident *incident, struct error *err);

/* Nobody looks for the person of an incident that is cancelled, or of which only a cancel has come. */
bool incident_wants_match (const struct incident *incident);

/* The events, as the incident stands; for jobs and commands. */
struct incident_changed incident_changed_of (const struct incident *incident, enum incident_change change);
/* What opening an alert needs, with `matched`. */
void incident_matched_of (struct incident_changed *event, const struct incident *incident, const struct partner *partner);
struct incident_result incident_result_of (const struct incident *incident, int64_t now);
struct incident_opened incident_opened_of (const struct incident *incident, const struct partner *partner);

#endif
