/* leaving.h - tells the teams of many patients after seats have moved: what two hearings share. */
#ifndef SHARING_LEAVING_H
#define SHARING_LEAVING_H

#include "team.h"
#include "team_store.h"

static inline int announce_team (struct hearing *hearing, const struct patient_key *patient, struct error *err)
{
    struct care_team_changed event = { .patient_id = patient->patient_id };
    struct team_list team;

    if (team_store_list (hearing->db, hearing->arena, patient->municipality, patient->patient_id, &team, err) < 0)
        return -1;
    team_summary (team.items, team.count, NULL, NULL, hearing->arena, &event);
    return hearing_announce (hearing, &care_team_changed_message, &event, patient->municipality, err);
}

static inline int announce_teams (struct hearing *hearing, const struct patient_key_list *patients, struct error *err)
{
    for (size_t i = 0; i < patients->count; i++)
        if (announce_team (hearing, &patients->items[i], err) < 0)
            return -1;
    return 0;
}

#endif
