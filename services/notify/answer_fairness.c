/* answer_fairness.c - how duty, calls and notices are shared.
 *
 * Takes:      fairness                       (proto/notify/fairness.query)
 * Refuses:    not_for_role     another municipality than the reader's own (but administrators and operators)
 *             period_reversed  the last day lies before the first
 *             field_out_of_range  more than 400 days
 * Publishes:  nothing; no ledger row is due: it shows staff, no person in care
 * Repeats:    reads again
 */
#include "clock.h"
#include "fairness_load.h"
#include "notify.h"

enum { STANDARD_DAYS = 28, DAYS_MOST = 400 };

/* The period as day numbers: [first, next). */
static int read_period (const struct fairness *message, int64_t now, int64_t *ret_first, int64_t *ret_next, struct error *err)
{
    int64_t today = tokyo_of (now).day_number;

    *ret_next = message->to ? day_number_of_text (message->to) + 1 : today;
    *ret_first = message->from ? day_number_of_text (message->from) : *ret_next - STANDARD_DAYS;
    if (*ret_first >= *ret_next)
        return fail (err, ERROR_PERIOD_REVERSED, "/to", "the period ends before it begins");
    if (*ret_next - *ret_first > DAYS_MOST || *ret_next > today + DAYS_MOST || *ret_first < today - 2000)
        return fail (err, ERROR_FIELD_OUT_OF_RANGE, "/from", "too long a period");
    return 0;
}

static bool sees_everybody (const struct actor *actor)
{
    return actor_is (actor, ROLE_ROTA_OFFICE);
}

static struct fairness_line_list own_lines (struct arena *arena, const struct fairness_line_list *people, const char *person_id)
{
    struct fairness_line *items = arena_alloc (arena, sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < people->count && count == 0; i++)
        if (strcmp (people->items[i].person_id, person_id) == 0)
            items[count++] = people->items[i];
    return (struct fairness_line_list) { items, count };
}

static const char *date_text (struct arena *arena, int64_t day)
{
    char text[11];

    day_number_text (day, text);
    return arena_text (arena, text);
}

int notify_handle_fairness (struct notify *self, struct request *request, const struct fairness *message, struct fairness_answer *answer,
                            struct error *err)
{
    const struct actor *actor = request->actor;
    struct fairness_result result;
    struct fairness_line *total;
    int64_t first, next;

    (void) self;
    if (!actor_is (actor, ROLE_ADMINISTRATOR) && !actor_is (actor, ROLE_OPERATOR)
        && (!actor->municipality || strcmp (actor->municipality, message->municipality) != 0))
        return fail (err, ERROR_NOT_FOR_ROLE, "/municipality", "another municipality");
    if (read_period (message, request->now, &first, &next, err) < 0
        || fairness_load (request->db, request->arena, message->municipality, first, next, &result, err) < 0)
        return -1;
    total = arena_alloc (request->arena, sizeof *total);
    *total = result.total;
    answer->from = date_text (request->arena, first);
    answer->to = date_text (request->arena, next - 1);
    answer->people = sees_everybody (actor) ? result.people : own_lines (request->arena, &result.people, actor->person_id);
    answer->offices = result.offices;
    answer->total = total;
    answer->people_count = (int64_t) result.people.count;
    return 0;
}
