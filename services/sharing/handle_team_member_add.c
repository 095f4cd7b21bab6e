/* handle_team_member_add.c - somebody gets a seat in a person's care team.
 *
 * Takes:      team_member_add
 * Refuses:    not_for_you           the record is not open to the actor (an operator sees none, so an operator seats nobody)
 *             not_for_role          open for reading only
 *             field_unknown_choice  the person has no membership in that office that fits the seat
 *             already_there         the seat is taken
 *             list_too_long         sixty seats
 * Publishes:  care_team_changed, with all seats
 * Repeats:    a second time is refused as already_there
 */
#include "patient_edit.h"
#include "team.h"
#include "team_store.h"

int sharing_handle_team_member_add (struct sharing *self, struct request *request, const struct team_member_add *message,
                                    struct done *answer, struct error *err)
{
    struct care_team_changed event = { .patient_id = message->patient_id };
    struct team_list team;
    struct record patient;
    uint64_t roles;
    enum role role;

    (void) self;
    (void) answer;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || team_store_roles (request->db, message->person_id, message->office_id, &roles, err) < 0
        || team_store_list (request->db, request->arena, patient.municipality, message->patient_id, &team, err) < 0
        || team_decide_add (team.items, team.count, message, roles, &role, err) < 0)
        return -1;
    team_summary (team.items, team.count, NULL, message, request->arena, &event);
    if (team_store_add (request, patient.municipality, message, role, err) < 0
        || patient_store_touch (request, patient.municipality, message->patient_id, err) < 0
        || patient_store_refresh (request->db, patient.municipality, message->patient_id, err) < 0)
        return -1;
    return announce (request, &care_team_changed_message, &event, patient.municipality, err);
}
