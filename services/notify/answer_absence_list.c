/* answer_absence_list.c - absences that have not ended, of whom the reader may enter absences for.
 *
 * Takes:      absence_list                   (proto/notify/absence_list.query)
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows staff, no person in care
 * Repeats:    reads again
 */
#include "duty_rules.h"
#include "notify.h"
#include "roster_page_store.h"

int notify_handle_absence_list (struct notify *self, struct request *request, const struct absence_list *message,
                                struct absence_list_answer *answer, struct error *err)
{
    const struct actor *actor = request->actor;

    (void) self;
    (void) message;
    return page_absences (request->db, request->arena, duty_coordinates (actor, NULL), actor->person_id, actor->office_id,
                          &answer->absences, err);
}
