/* quarantine.c - what an operator sees and does about events that could not be applied, and filling a projection again.
 *
 * quarantine_list: oldest first.  quarantine_release: tries the event again, or leaves it out for ever, with the reason kept; the subject's
 * later events follow by themselves.  Refuses an event that does not wait (not_for_you).  Repeats: the second release finds nothing to
 * release. projection_rebuild: from the owner's snapshot; takes effect within a second.  Refuses an event that is not heard here, or is not
 * a state.
 */
#include "hearing_store.h"
#include "runtime.h"
#include "runtime_routes.h"

int runtime_handle_quarantine_list (struct runtime *self, struct request *request, const struct quarantine_list *message,
                                    struct quarantine_list_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    return hearing_store_quarantined (request->db, request->arena, &answer->lines, err);
}

int runtime_handle_quarantine_release (struct runtime *self, struct request *request, const struct quarantine_release *message,
                                       struct done *answer, struct error *err)
{
    bool found = false;

    (void) self;
    (void) answer;
    if (hearing_store_release_event (request->db, message->event_id, message->skip, request->actor->person_id, message->reason,
                                     request->now, &found, err)
        < 0)
        return -1;
    return found ? 0 : fail (err, ERROR_NOT_FOR_YOU, "/event_id", "no such event waits here");
}

int runtime_handle_projection_rebuild (struct runtime *self, struct request *request, const struct projection_rebuild *message,
                                       struct done *answer, struct error *err)
{
    (void) answer;
    for (size_t i = 0; i < self->service->heard_count; i++) {
        const struct heard *heard = &self->service->heard[i];

        if (strcmp (heard->event->name, message->event) == 0 && (heard->event->flags & IS_STATE))
            return hearing_store_fill_again (request->db, heard->from, message->event, err);
    }
    return fail (err, ERROR_NOT_FOR_YOU, "/event", "%s has no projection made of %s", self->service->name, message->event);
}
