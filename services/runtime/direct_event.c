/* direct_event - the emergency lane: a whole event of another service, applied at once.
 *
 * Takes: the event as it stands committed in its owner's log.  Refuses: a sender that is not the event's owner (not_for_role), an event it
 * cannot apply (its normal lane then deals with it).  Repeats: an event applied already is dropped; one that is not the next of its subject
 * is left to the normal lane, which rings for it as well.
 */
#include "hearing_apply.h"
#include "runtime_routes.h"

int runtime_handle_direct_event (struct runtime *self, struct request *request, const struct direct_event *message, struct done *answer,
                                 struct error *err)
{
    const struct event_envelope *event = message->event;
    const struct hearing_context context = { .runtime = self, .batch = request->batch, .arena = request->arena, .source = event->source,
                                             .now = request->now };
    struct hearing_item item = { .event = event, .complete_from = HEARING_INCOMPLETE };
    const struct heard *heard = NULL;

    if (strncmp (request->actor->principal, "svc:", 4) != 0 || strcmp (request->actor->principal + 4, event->source) != 0)
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "%s sends an event of %.40s", request->actor->principal, event->source);
    if (hearing_find (self->service, event->source, event, &heard, err) < 0)
        return -1;
    if (heard && hearing_apply (&context, &item, 1, NULL, err) < 0)
        return -1;
    answer->has_version = heard != NULL;
    answer->version = item.reached;
    return 0;
}
