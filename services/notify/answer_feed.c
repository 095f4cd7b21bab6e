/* answer_feed.c - the reader's notices, newest first, with the position the live stream goes on from; a care manager's begin with how the
 * emergencies ended that the reader has not read of (practice.md: the outcome stands first in the morning list).
 *
 * Takes:      feed                           (proto/notify/feed.query)
 * Refuses:    malformed  a page key that is not one of ours
 * Publishes:  nothing; writes the disclosure ledger for the people it names
 * Repeats:    reads again
 */
#include "feed_store.h"
#include "notify.h"

enum { STANDARD = 50, MOST = 200 };

static int write_ledger (struct request *request, const struct feed_answer *answer, struct error *err)
{
    const char **subjects = arena_alloc (request->arena, (answer->items.count + answer->outcomes.count + 1) * sizeof *subjects);
    size_t count = 0;

    for (size_t i = 0; i < answer->outcomes.count; i++)
        subjects[count++] = answer->outcomes.items[i].patient_id;
    for (size_t i = 0; i < answer->items.count; i++)
        if (answer->items.items[i].patient_name)
            subjects[count++] = answer->items.items[i].patient_id;
    return count ? disclose (request, (struct text_list) { .items = subjects, .count = count }, "feed", "own_feed", err) : 0;
}

static bool manages_care (const struct actor *actor)
{
    return actor_is (actor, ROLE_CARE_MANAGER) || actor_is (actor, ROLE_SUPPORT_CENTRE);
}

int notify_handle_feed (struct notify *self, struct request *request, const struct feed *message, struct feed_answer *answer,
                        struct error *err)
{
    int64_t limit = message->has_limit && message->limit > 0 && message->limit <= MOST ? message->limit : STANDARD;
    int64_t before = INT64_MAX;
    char *end = "";

    (void) self;
    if (message->after)
        before = strtoll (message->after, &end, 10);
    if (*end || before <= 0)
        return fail (err, ERROR_MALFORMED, "/after", "not a page key");
    if (feed_page (request, before, limit, answer, err) < 0
        || (!message->after && manages_care (request->actor) && feed_outcomes (request, &answer->outcomes, err) < 0))
        return -1;
    return write_ledger (request, answer, err);
}
