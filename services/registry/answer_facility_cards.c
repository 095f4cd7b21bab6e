/* facility_cards: a municipality's institutions of home medicine as cards in a list to print (A-33; 熊本市).
 *
 * Takes:     the municipality; a city's code covers its wards.
 * Refuses:   session_locked; too_large: more than 300, ask ward by ward.
 * Publishes: nothing.  Nobody in care is shown: no ledger row is due.  Values by row-level security: what a facility does not allow the
 *            reader is a dash.
 * Repeats:   prints what is true then.
 */
#include "facility_card.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_facility_cards (struct registry *self, struct request *request, const struct facility_cards *message,
                                    struct file_answer *answer, struct error *err)
{
    struct facility_card_list cards;

    (void) self;
    if (session_must_be_open (request, err) < 0 || facility_cards_read (request, message, &cards, err) < 0)
        return -1;
    answer->media_type = "application/pdf";
    answer->file_name = arena_print (request->arena, "在宅医療マップ_%s.pdf", message->municipality);
    return facility_cards_print (request->arena, cards.count && cards.items[0].ward ? cards.items[0].ward : message->municipality, &cards,
                                 request->now, &answer->body, err);
}
