/* hear_membership_changed.c - registry: a person joined an office, changed roles in it, or left it.
 *
 * Effect: the row here.  Who has left loses every seat held for that office, and the office sees those patients no longer unless somebody
 * else of it holds a seat, all in this transaction.  Announces care_team_changed for each of them.
 */
#include "refresh.h"
#include "registry_store.h"
#include "team.h"

static int announce_team (struct hearing *hearing, const struct patient_key *patient, struct error *err)
{
    struct care_team_changed event = { .patient_id = patient->patient_id };
    struct team_list team;

    if (team_store_list (hearing->db, hearing->arena, patient->municipality, patient->patient_id, &team, err) < 0)
        return -1;
    team_summary (team.items, team.count, NULL, NULL, hearing->arena, &event);
    return hearing_announce (hearing, &care_team_changed_message, &event, patient->municipality, err);
}

static int leave (struct hearing *hearing, const struct membership_changed *event, struct error *err)
{
    struct patient_key_list patients;

    if (team_store_leave (hearing->db, hearing->arena, event->person_id, event->office_id, hearing->now, &patients, err) < 0
        || refresh_all (hearing->db, &patients, err) < 0)
        return -1;
    for (size_t i = 0; i < patients.count; i++)
        if (announce_team (hearing, &patients.items[i], err) < 0)
            return -1;
    return 0;
}

int sharing_hear_membership_changed (struct sharing *self, struct hearing *hearing, const struct membership_changed *event,
                                     struct error *err)
{
    (void) self;
    if (registry_store_membership (hearing->db, event, hearing->event->subjectversion, err) < 0)
        return -1;
    return event->roles.count == 0 ? leave (hearing, event, err) : 0;
}
