/* answer_roster_month.c - one rotation's month, with who changed what and why.
 *
 * Takes:      roster_month                   (proto/notify/roster_month.query)
 * Refuses:    not_for_you   no such rotation
 *             date_invalid  not a month
 * Publishes:  nothing; no ledger row is due: it shows staff, no person in care
 * Repeats:    reads again
 */
#include "notify.h"
#include "roster_month.h"

enum { MOST_LINES = 400 };

int notify_handle_roster_month (struct notify *self, struct request *request, const struct roster_month *message,
                                struct roster_month_answer *answer, struct error *err)
{
    struct rotation_list_of rotations;
    const struct rotation_rule *rule;
    struct duty_line *lines;
    struct duty_spans *spans, own;
    struct names *names;
    struct month month;

    (void) self;
    if (month_of_text (message->month, "/month", &month, err) < 0
        || roster_rotations_by_id (request->db, request->arena, (struct text_list) { &message->rotation_id, 1 }, &rotations, err) < 0)
        return -1;
    if (rotations.count == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such rotation");
    if (duty_spans_load (request->db, request->arena, NULL, &rotations, month_from (&month), month_to (&month), &spans, err) < 0
        || duty_names (request->db, request->arena, &rotations, spans, &names, err) < 0)
        return -1;
    rule = rotations.items;
    own = month_spans (request->arena, spans, &month);
    lines = arena_alloc (request->arena, (own.count + 1) * sizeof *lines);
    for (size_t i = 0; i < own.count && i < MOST_LINES; i++)
        lines[answer->lines.count++] = duty_line_of (request->arena, names, rule, &own.items[i]);
    answer->lines.items = lines;
    answer->days = month_days (request->arena, rule, &month);
    answer->name = rule->name;
    answer->municipality = rule->area;
    answer->version = rule->version;
    answer->as_of = request->now;
    return 0;
}
