/* handle_fax_in_settle.c - what becomes of a FAX that came in, decided by a person in one action.
 *
 * Takes:      fax_in_settle                  (proto/notify/fax_in_settle.command)
 * Refuses:    not_for_you        not a FAX of the actor's office
 *             moved_on           somebody was faster, or there is nothing to take back
 *             fax_not_its_own    not a FAX that this office has sent
 *             not_a_colleague    given to somebody who does not work here
 *             reason_needed      discarded or taken back without a reason
 * Publishes:  a notice to whoever sent the FAX it answers, or to the colleague it is given to
 * Repeats:    refused as moved_on
 */
#include "fax_in_store.h"
#include "feed_store.h"
#include "notify.h"

static int tell (struct request *request, enum feed_kind kind, const struct fax_in_target *target, struct error *err)
{
    struct feed_writer feed = { request->db, request->arena, request->batch };
    const struct notice notice = { .kind = kind, .at = request->now, .patient_id = target->patient_id, .by = request->actor->person_id };
    const struct text_list people = { &target->person_id, 1 };

    if (!target->person_id || strcmp (target->person_id, request->actor->person_id) == 0)
        return 0;
    return feed_add_people (&feed, &notice, people, err);
}

int notify_handle_fax_in_settle (struct notify *self, struct request *request, const struct fax_in_settle *message, struct done *answer,
                                 struct error *err)
{
    const bool filed = message->state == FAX_IN_STATE_FILED, given = message->state == FAX_IN_STATE_GIVEN;
    struct fax_in_target target;
    struct fax_in_row row;

    (void) self;
    (void) answer;
    if (fax_in_get (request, message->fax_in_id, &row, err) < 0)
        return -1;
    if (!row.found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such FAX of this office");
    if (fax_in_decide (&row.now, message, err) < 0 || fax_in_target (request, message, &target, err) < 0)
        return -1;
    if ((filed || given) && !target.words)
        return fail (err, filed ? ERROR_FAX_NOT_ITS_OWN : ERROR_NOT_A_COLLEAGUE, filed ? "/fax_id" : "/person_id", "not of this office");
    if (fax_in_put (request, row.municipality, message, &target, err) < 0)
        return -1;
    return filed || given ? tell (request, filed ? FEED_KIND_FAX_ANSWERED : FEED_KIND_FAX_GIVEN, &target, err) : 0;
}
