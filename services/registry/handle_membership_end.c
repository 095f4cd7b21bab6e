/* membership_end: a person leaves an office; the sessions there end at once (S-05).  Who hands seats over sends staff_leave.
 *
 * Takes:     person and office.
 * Refuses:   not_for_you when there is no such place, it is another municipality's, or it has a role that only the region gives;
 *            not_for_role when nobody would be left to run the region.
 * Publishes: membership_changed without roles; rings "session" for every session that ended.
 * Repeats:   ending it again changes and announces nothing.
 */
#include "leaving.h"
#include "registry_routes.h"

int registry_handle_membership_end (struct registry *self, struct request *request, const struct membership_end *message,
                                    struct done *answer, struct error *err)
{
    struct membership membership;
    const char *name;

    (void) self;
    (void) answer;
    if (leaving_find (request, message->person_id, message->office_id, &membership, &name, err) < 0)
        return -1;
    return membership.ended ? 0 : leaving_end (request, &membership, name, err);
}
