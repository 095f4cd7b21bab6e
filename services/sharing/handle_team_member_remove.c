/* handle_team_member_remove.c - a seat is taken away; the office sees the record no longer when nobody else of it holds one.
 *
 * Takes:      team_member_remove
 * Refuses:    not_for_you   the record is not open to the actor, or there is no such seat now
 *             not_for_role  open for reading only
 * Publishes:  care_team_changed, with the seats that are left
 * Repeats:    a second time is refused as not_for_you
 */
#include "patient_edit.h"
#include "team.h"
#include "team_store.h"

static int check_seat (const struct team_list *team, const char *member_id, struct error *err)
{
    for (size_t i = 0; i < team->count; i++)
        if (strcmp (team->items[i].member_id, member_id) == 0)
            return 0;
    return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such seat");
}

int sharing_handle_team_member_remove (struct sharing *self, struct request *request, const struct team_member_remove *message,
                                       struct done *answer, struct error *err)
{
    struct care_team_changed event = { .patient_id = message->patient_id };
    struct team_list team;
    struct record patient;

    (void) self;
    (void) answer;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || team_store_list (request->db, request->arena, patient.municipality, message->patient_id, &team, err) < 0
        || check_seat (&team, message->member_id, err) < 0)
        return -1;
    team_summary (team.items, team.count, message->member_id, NULL, request->arena, &event);
    if (team_store_end (request, patient.municipality, message->patient_id, message->member_id, err) < 0
        || patient_store_touch (request, patient.municipality, message->patient_id, err) < 0
        || patient_store_refresh (request->db, patient.municipality, message->patient_id, err) < 0)
        return -1;
    return announce (request, &care_team_changed_message, &event, patient.municipality, err);
}
