/* upkeep: how current the records are, per municipality, what it has cost this month, whom to ask, what to approve (A-23 ... A-25).
 *
 * Takes:     nothing; an officer reads the own municipality, who acts for the region or a prefecture all.
 * Refuses:   session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "bits.h"
#include "clock.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "upkeep_store.h"

int registry_handle_upkeep (struct registry *self, struct request *request, const struct upkeep *message, struct upkeep_answer *answer,
                            struct error *err)
{
    bool all = acts_for_region (request->actor) || actor_is (request->actor, ROLE_PREFECTURE);
    const char *own = request->actor->municipality ? request->actor->municipality : "";
    uint64_t review_items;
    char today[11];

    (void) self;
    (void) message;
    day_number_text (tokyo_of (request->now).day_number, today);
    answer->month = arena_print (request->arena, "%.7s", today);
    if (session_must_be_open (request, err) < 0
        || upkeep_counts (request, all ? NULL : own, arena_print (request->arena, "%s-01", answer->month), &answer->counts, err) < 0
        || upkeep_overdue (request, all ? NULL : own, &answer->overdue, err) < 0
        || upkeep_waiting (request, NULL, &answer->waiting, err) < 0
        || upkeep_review_items (request, own, &review_items, err) < 0)
        return -1;
    answer->review_items = enums_of_bits (request->arena, review_items);
    return 0;
}
