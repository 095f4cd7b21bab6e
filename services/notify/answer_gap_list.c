/* answer_gap_list.c - where the roster fails in the coming days, as the last check found it.
 *
 * Takes:      gap_list                       (proto/notify/gap_list.query)
 * Refuses:    nothing
 * Publishes:  nothing; writes the disclosure ledger for orders it names
 * Repeats:    reads again
 */
#include "clock.h"
#include "gap_store.h"
#include "notify.h"

enum { GAPS_MOST = 500, DAYS_MOST = 365 };

/* Holidays of a year that is not settled are computed, and may still change (N-21). */
static void add_calendar (struct request *request, int64_t to, const char *municipality, struct roster_gap_list *gaps)
{
    int64_t unsettled = tokyo_instant (day_number_of (CALENDAR_SETTLED_YEAR + 1, 1, 1), 0);
    struct roster_gap *items = (struct roster_gap *) gaps->items;

    if (to <= unsettled || gaps->count >= GAPS_MOST)
        return;
    items[gaps->count++] = (struct roster_gap) { .kind = GAP_KIND_CALENDAR, .municipality = municipality ? municipality : "",
        .from = unsettled > request->now ? unsettled : request->now, .to = to, .soon = unsettled < request->now + GAP_SOON_DAYS * 86400LL * SECOND_US };
}

static int disclose_orders (struct request *request, const struct roster_gap_list *gaps, struct error *err)
{
    const char **patients = arena_alloc (request->arena, (gaps->count + 1) * sizeof *patients);
    struct text_list named = { .items = patients };

    for (size_t i = 0; i < gaps->count; i++)
        if (gaps->items[i].patient_id)
            patients[named.count++] = gaps->items[i].patient_id;
    return named.count ? disclose (request, named, "gap_list", "care_team", err) : 0;
}

int notify_handle_gap_list (struct notify *self, struct request *request, const struct gap_list *message, struct gap_list_answer *answer,
                            struct error *err)
{
    int64_t days = message->has_days && message->days >= 1 && message->days <= DAYS_MOST ? message->days : DAYS_MOST;
    int64_t to = request->now + days * 86400 * SECOND_US;

    (void) self;
    if (gap_lines (request->db, request->arena, message->municipality, request->now, to, true, GAPS_MOST + 1, &answer->gaps, err) < 0
        || gap_state (request->db, &answer->checked_at, &answer->chains_to_check, err) < 0)
        return -1;
    answer->has_checked_at = answer->checked_at != 0;
    answer->more = answer->gaps.count > GAPS_MOST;
    if (answer->more)
        answer->gaps.count = GAPS_MOST;
    add_calendar (request, to, message->municipality, &answer->gaps);
    return disclose_orders (request, &answer->gaps, err);
}
