/* upkeep_setting_put: how often a municipality's facilities are asked to confirm, and which items of theirs have to be approved.
 *
 * Takes:     municipality, months, items.
 * Refuses:   field_out_of_range: months outside 1 to 60; not_for_you: another municipality.
 * Publishes: nothing; holds at once.
 * Repeats:   writes the same again.
 */
#include "letter_rules.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "upkeep_store.h"

int registry_handle_upkeep_setting_put (struct registry *self, struct request *request, const struct upkeep_setting_put *message,
                                        struct done *answer, struct error *err)
{
    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || may_change_office (request->actor, message->municipality, err) < 0
        || setting_check (message, err) < 0)
        return -1;
    return upkeep_setting_store (request, message, err);
}
