/* handle_calendar_revoke.c - a calendar's secret address is read by nobody any more, from this commit on.
 *
 * Takes:      calendar_revoke                (proto/notify/calendar_revoke.command)
 * Refuses:    not_for_you  no such address in force, or somebody else's (administrators and operators: anybody's)
 * Publishes:  nothing
 * Repeats:    not_for_you
 */
#include "ical_store.h"
#include "notify.h"

int notify_handle_calendar_revoke (struct notify *self, struct request *request, const struct calendar_revoke *message, struct done *answer,
                                   struct error *err)
{
    const bool anybodys = actor_is (request->actor, ROLE_ADMINISTRATOR) || actor_is (request->actor, ROLE_OPERATOR);
    const char *by = request->actor->person_id;
    bool there;

    (void) self;
    (void) answer;
    if (ical_revoke (request->db, message->calendar_id, anybodys ? NULL : by, by, request->now, &there, err) < 0)
        return -1;
    return there ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such calendar");
}
