#include "consent_store.h"
#include "head.h"
#include "patient_view.h"
#include "team_store.h"

int patient_view_read (struct request *request, const struct record *patient, const char *patient_id, struct patient_answer *ret,
                       struct error *err)
{
    struct consent_list consents;
    struct team_list team;

    if (patient_store_head (request, patient, patient_id, ret, err) < 0
        || team_store_list (request->db, request->arena, patient->municipality, patient_id, &team, err) < 0
        || consent_store_list (request->db, request->arena, patient->municipality, patient_id, &consents, err) < 0)
        return -1;
    ret->team.items = team.items;
    ret->team.count = team.count;
    ret->consents.items = consents.items;
    ret->consents.count = consents.count;
    ret->may_edit = standing_may_edit (&patient->standing);
    ret->ground = ground_name (standing_ground (&patient->standing));
    head_hide (ret, request->actor->roles);
    return 0;
}
