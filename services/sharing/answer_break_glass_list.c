/* answer_break_glass_list.c - openings without consent in the own municipality, without the names of people.
 *
 * Operators, who are told of them but do not judge them, read that, by whom, when and whether it was reviewed: reasons and findings may
 * tell how somebody was.
 *
 * Takes:      break_glass_list
 * Refuses:    malformed  a page key that is not one of ours
 * Publishes:  nothing; it shows nobody's record, so no ledger row is due
 * Repeats:    reading changes nothing
 */
#include <stdlib.h>
#include <string.h>
#include "break_glass_store.h"
#include "ids.h"

/* "µs uuid" of the last line. */
static int read_key (const char *after, int64_t *ret_at, const char **ret_id, struct error *err)
{
    char *end = NULL;

    *ret_at = after ? strtoll (after, &end, 10) : 0;
    *ret_id = NULL;
    if (!after)
        return 0;
    if (*ret_at <= 0 || *end != ' ' || !uuid_is_valid (end + 1))
        return fail (err, ERROR_MALFORMED, "/after", "not a page key");
    *ret_id = end + 1;
    return 0;
}

static bool may_review (const struct actor *actor)
{
    return actor_is (actor, ROLE_MUNICIPAL_OFFICER) || actor_is (actor, ROLE_ADMINISTRATOR);
}

static void leave_out (struct break_glass_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        page->items[i].reason = "";
        page->items[i].outcome = page->items[i].incident_id = NULL;
    }
}

int sharing_handle_break_glass_list (struct sharing *self, struct request *request, const struct break_glass_list *message,
                                     struct break_glass_list_answer *answer, struct error *err)
{
    int64_t most = page_size (message->has_limit, message->limit, PAGE_STANDARD, PAGE_MOST), at;
    struct break_glass_page page;
    const char *id;

    (void) self;
    if (read_key (message->after, &at, &id, err) < 0
        || break_glass_store_allowed (request, &answer->allowed, err) < 0
        || break_glass_store_page (request, at, id, most + 1, &page, err) < 0)
        return -1;
    if ((int64_t) page.count > most) {
        page.count = (size_t) most;
        answer->next = arena_print (request->arena, "%lld %s", (long long) page.items[most - 1].at, page.items[most - 1].break_id);
    }
    answer->has_may_review = true;
    answer->may_review = may_review (request->actor);
    if (!answer->may_review)
        leave_out (&page);
    answer->lines.items = page.items;
    answer->lines.count = page.count;
    return 0;
}
