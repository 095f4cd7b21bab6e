/* handle_chain_put.c - set a person's order of doctors: a new version; the old one stays, and open alerts keep theirs.
 *
 * Takes:      chain_put                      (proto/notify/chain_put.command)
 * Refuses:    not_for_you  the actor is not in the person's team
 *             field_missing, field_out_of_range, period_reversed   a row is not one
 * Publishes:  a notice to the rest of the team (U-12)
 * Repeats:    a new version that says the same
 */
#include "feed_store.h"
#include "notify.h"
#include "roster_rules.h"
#include "roster_store.h"

static int tell_team (struct request *request, const char *patient_id, struct error *err)
{
    struct feed_writer feed = { .db = request->db, .arena = request->arena, .batch = request->batch };
    const struct notice notice = { .kind = FEED_KIND_DOCTORS_CHANGED, .at = request->now, .patient_id = patient_id,
                                   .by = request->actor->person_id };

    return feed_add_team (&feed, &notice, err);
}

int notify_handle_chain_put (struct notify *self, struct request *request, const struct chain_put *message, struct done *answer,
                             struct error *err)
{
    struct standing_to standing;

    (void) self;
    if (alert_standing (request->db, request->arena, message->patient_id, &standing, err) < 0
        || chain_decide (request->actor, &standing, err) < 0 || chain_check (message, err) < 0
        || roster_put_chain (request->db, message, standing.municipality, request->actor->person_id, request->now, &answer->version, err)
               < 0
        || tell_team (request, message->patient_id, err) < 0)
        return -1;
    answer->has_version = true;
    return 0;
}
