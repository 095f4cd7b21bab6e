/* handle_incident_raise.c - 医師と話したい: crew or desk raise an incident to the full response by one key.
 *
 * Takes:      incident_raise                 (proto/dispatch/incident_raise.command)
 * Refuses:    not_for_you    another organisation's incident;  already_ended  it is not open
 * Publishes:  incident_changed (raised), the first time
 * Repeats:    nothing new is told
 */
#include "dispatch.h"
#include "own_message.h"

int dispatch_handle_incident_raise (struct dispatch *self, struct request *request, const struct incident_raise *message,
                                    struct done *answer, struct error *err)
{
    struct intake_message said = { .kind = INCIDENT_KIND_UPDATE, .has_raise = true, .raise = true };

    (void) self;
    (void) answer;
    return own_message_take (request, message->incident_id, false, &said, err);
}
