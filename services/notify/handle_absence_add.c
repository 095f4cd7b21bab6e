/* handle_absence_add.c - a person is away and cannot be asked.
 *
 * Takes:      absence_add                    (proto/notify/absence_add.command)
 * Refuses:    period_reversed  ends before it begins
 *             not_for_role     somebody of another office
 *             already_there    the id stands for another absence, or for one that was taken back
 * Publishes:  nothing; in force for the next step of every open alert
 * Repeats:    the same absence_id changes nothing
 */
#include "duty_act.h"
#include "notify.h"
#include "roster_rules.h"
#include "roster_store.h"

int notify_handle_absence_add (struct notify *self, struct request *request, const struct absence_add *message, struct done *answer,
                               struct error *err)
{
    bool shares_office;
    int64_t added;

    (void) self;
    (void) answer;
    if (absence_check (message, err) < 0
        || roster_shares_office (request->db, message->person_id, request->actor->office_id, &shares_office, err) < 0
        || absence_decide (request->actor, message->person_id, shares_office, err) < 0
        || roster_put_absence (request->db, message, request->actor->person_id, &added, err) < 0)
        return -1;
    if (added == 0)
        return 0;
    if (roster_raise_rotations_of (request->db, message->person_id, err) < 0)
        return -1;
    return duty_changed (request, err);
}
