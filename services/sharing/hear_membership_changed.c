/* hear_membership_changed.c - registry: a person joined an office, changed roles in it, or left it.
 *
 * Effect: the row here.  Who has left loses every seat held for that office that was not handed on (hear_seats_handed_on.c); it
 * is marked as vacant.  The office sees those patients no longer unless somebody else of it holds a seat, all in this transaction.
 * Announces care_team_changed for each of them.
 */
#include "leaving.h"
#include "refresh.h"
#include "registry_store.h"

static int leave (struct hearing *hearing, const struct membership_changed *event, struct error *err)
{
    struct patient_key_list patients;

    if (team_store_leave (hearing->db, hearing->arena, event->person_id, event->office_id, hearing->now, &patients, err) < 0
        || refresh_all (hearing->db, &patients, err) < 0)
        return -1;
    return announce_teams (hearing, &patients, err);
}

int sharing_hear_membership_changed (struct sharing *self, struct hearing *hearing, const struct membership_changed *event,
                                     struct error *err)
{
    (void) self;
    if (registry_store_membership (hearing->db, event, hearing->event->subjectversion, err) < 0)
        return -1;
    return event->roles.count == 0 ? leave (hearing, event, err) : 0;
}
