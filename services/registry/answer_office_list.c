/* office_list: the offices somebody looks after.
 *
 * Takes:     part of a name, a page.
 * Refuses:   session_locked; a page key that is none.
 * Publishes: nothing; an officer sees the own municipality, who acts for the region sees all, a manager the own office and those in
 *            its keeping (E-41).  No person is named: no ledger row is due.
 * Repeats:   reads only.
 */
#include "ids.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_list_store.h"
#include "text.h"

enum { PAGE_STANDARD = 50, PAGE_MOST = 200 };

int registry_handle_office_list (struct registry *self, struct request *request, const struct office_list *message,
                                 struct office_list_answer *answer, struct error *err)
{
    const char *folded = message->text ? text_fold (request->arena, message->text) : NULL;
    bool curates = acts_for_region (request->actor) || actor_is (request->actor, ROLE_MUNICIPAL_OFFICER);
    struct office_wish wish = { .municipality = acts_for_region (request->actor) || !curates ? NULL : request->actor->municipality,
                                .managed = !curates, .due = message->has_due && message->due, .now = request->now,
                                .folded = folded && *folded ? folded : NULL, .after = message->after,
                                .limit = message->has_limit && message->limit >= 1 ? message->limit : PAGE_STANDARD };

    (void) self;
    if (session_must_be_open (request, err) < 0)
        return -1;
    if (message->after && !uuid_is_valid (message->after))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a page key");
    if (wish.limit > PAGE_MOST)
        wish.limit = PAGE_MOST;
    if (staff_list_offices (request->db, &wish, request->arena, &answer->offices, err) < 0)
        return -1;
    if ((int64_t) answer->offices.count == wish.limit)
        answer->next = answer->offices.items[wish.limit - 1].office_id;
    return 0;
}
