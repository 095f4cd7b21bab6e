/* report_rules.c - see report_rules.h. */
#include "report_rules.h"
#include "clock.h"
#include "roster_store.h"

enum { LATE_SECONDS = 60 };

int report_decide (const struct standing_to *standing, const struct actor *actor, struct error *err)
{
    if (standing->municipality && (standing->in_team || standing->in_office))
        return 0;
    if (standing->municipality && standing->is_last_resort && actor_is (actor, ROLE_LAST_RESORT))
        return 0;
    return fail (err, ERROR_NOT_FOR_YOU, NULL, "the reporter takes no part in this person's care");
}

int report_check_desk (struct request *request, const char *municipality, struct error *err)
{
    struct desk desk;

    if (roster_desk (request->db, request->arena, municipality, &desk, err) < 0)
        return -1;
    if (!desk.name)
        return fail (err, ERROR_LAST_RESORT_MISSING, NULL, "municipality %s has no last resort", municipality);
    return 0;
}

int64_t report_observed_at (int64_t observed_at, int64_t now)
{
    return observed_at < now ? observed_at : now;
}

const char *report_late_words (struct arena *arena, int64_t observed_at, int64_t received_at)
{
    int64_t seconds = (received_at - observed_at) / SECOND_US;

    if (seconds < LATE_SECONDS)
        return NULL;
    if (seconds < 3600)
        return arena_print (arena, "%lld分前の報告（通信遅れ）", (long long) seconds / 60);
    return arena_print (arena, "%lld時間%lld分前の報告（通信遅れ）", (long long) seconds / 3600, (long long) seconds / 60 % 60);
}
