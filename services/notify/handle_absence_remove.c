/* handle_absence_remove.c - take back an absence.
 *
 * Takes:      absence_remove                 (proto/notify/absence_remove.command)
 * Refuses:    not_for_you   no such absence in force
 *             not_for_role  somebody of another office
 * Publishes:  nothing; in force for the next step of every open alert
 * Repeats:    refused as not_for_you
 */
#include "duty_act.h"
#include "notify.h"
#include "roster_rules.h"
#include "roster_store.h"

int notify_handle_absence_remove (struct notify *self, struct request *request, const struct absence_remove *message, struct done *answer,
                                  struct error *err)
{
    const char *person_id;
    bool shares_office;

    (void) self;
    (void) answer;
    if (roster_absence_person (request->db, request->arena, message->absence_id, &person_id, err) < 0)
        return -1;
    if (!person_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such absence");
    if (roster_shares_office (request->db, person_id, request->actor->office_id, &shares_office, err) < 0
        || absence_decide (request->actor, person_id, shares_office, err) < 0
        || roster_remove_absence (request->db, message->absence_id, request->actor->person_id, err) < 0
        || roster_raise_rotations_of (request->db, person_id, err) < 0)
        return -1;
    return duty_changed (request, err);
}
