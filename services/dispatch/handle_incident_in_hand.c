/* handle_incident_in_hand.c - 対応中: crew or desk say by one key that the crew is with the person.
 *
 * Takes:      incident_in_hand               (proto/dispatch/incident_in_hand.command)
 * Refuses:    not_for_you    another organisation's incident;  already_ended  it is not open
 * Publishes:  incident_changed (in_hand), the first time
 * Repeats:    nothing new is told
 */
#include "dispatch.h"
#include "own_message.h"

int dispatch_handle_incident_in_hand (struct dispatch *self, struct request *request, const struct incident_in_hand *message,
                                      struct done *answer, struct error *err)
{
    struct intake_message said = { .kind = INCIDENT_KIND_UPDATE, .has_in_hand = true, .in_hand = true };

    (void) self;
    (void) answer;
    return own_message_take (request, message->incident_id, false, &said, err);
}
