/* own_message.h - what desk and crew say on our pages becomes a message of the incident like the partner's own, so that one fold makes the
 * incident of all of them. */
#ifndef DISPATCH_OWN_MESSAGE_H
#define DISPATCH_OWN_MESSAGE_H

#include "incident_change.h"

/* Locks the incident; refuses not_for_you for another organisation's, and already_ended unless it is open (or closed and `also_closed`). */
int own_message_take (struct request *request, const char *incident_id, bool also_closed, struct intake_message *message,
                      struct error *err);

#endif
