/* hear_office_changed.c - registry: an office was added, renamed or moved.
 *
 * Effect: its row here; access of its patients, because an office of another municipality needs an agreement.
 */
#include "refresh.h"
#include "registry_store.h"

int sharing_hear_office_changed (struct sharing *self, struct hearing *hearing, const struct office_changed *event, struct error *err)
{
    struct patient_key_list patients;

    (void) self;
    if (registry_store_office (hearing->db, event, hearing->event->subjectversion, err) < 0
        || team_store_served_by (hearing->db, hearing->arena, event->office_id, &patients, err) < 0)
        return -1;
    return refresh_all (hearing->db, &patients, err);
}
