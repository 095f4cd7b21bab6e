/* hear_agreement_changed.c - registry: two municipalities agreed on sharing, changed or ended it.
 *
 * Effect: its row here; access of every patient in whose team an office of the receiving municipality sits opens or closes at once (S-21).
 */
#include "refresh.h"
#include "registry_store.h"

int sharing_hear_agreement_changed (struct sharing *self, struct hearing *hearing, const struct agreement_changed *event,
                                    struct error *err)
{
    struct patient_key_list patients;

    (void) self;
    if (registry_store_agreement (hearing->db, event, hearing->event->subjectversion, err) < 0
        || team_store_served_from (hearing->db, hearing->arena, event->receiving, &patients, err) < 0)
        return -1;
    return refresh_all (hearing->db, &patients, err);
}
