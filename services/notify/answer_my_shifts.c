/* answer_my_shifts.c - the reader's own shifts, absences and swaps.
 *
 * Takes:      my_shifts                      (proto/notify/my_shifts.query)
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows staff, no person in care
 * Repeats:    reads again
 */
#include <stdlib.h>
#include <string.h>
#include "clock.h"
#include "duty.h"
#include "notify.h"
#include "roster_page_store.h"
#include "swap_store.h"

enum { STANDARD_DAYS = 60, MOST_DAYS = 400, MOST_LINES = 400 };

static int by_start (const void *a, const void *b)
{
    const struct duty_line *one = a, *other = b;

    return one->from < other->from ? -1 : one->from > other->from;
}

static int load (struct request *request, int64_t to, struct rotation_list_of *rotations, struct duty_spans **spans, struct names **names,
                 struct error *err)
{
    struct text_list ids;

    *rotations = (struct rotation_list_of) { 0 };
    if (page_rotations_of (request->db, request->arena, request->actor->person_id, request->now, &ids, err) < 0
        || roster_rotations_by_id (request->db, request->arena, ids, rotations, err) < 0
        || duty_spans_load (request->db, request->arena, NULL, rotations, request->now, to, spans, err) < 0)
        return -1;
    return duty_names (request->db, request->arena, rotations, *spans, names, err);
}

static void fill (struct request *request, const struct rotation_list_of *rotations, const struct duty_spans *spans,
                  const struct names *names, struct my_shifts_answer *answer)
{
    const char *own = request->actor->person_id;
    struct duty_line *lines;
    size_t count = 0;

    for (size_t i = 0; i < rotations->count; i++)
        count += spans[i].count;
    lines = arena_alloc (request->arena, (count + 1) * sizeof *lines);
    count = 0;
    for (size_t i = 0; i < rotations->count; i++)
        for (size_t j = 0; j < spans[i].count; j++)
            if (spans[i].items[j].person_id && strcmp (spans[i].items[j].person_id, own) == 0)
                lines[count++] = duty_line_of (request->arena, names, &rotations->items[i], &spans[i].items[j]);
    qsort (lines, count, sizeof *lines, by_start);
    answer->shifts = (struct duty_line_list) { lines, count < MOST_LINES ? count : MOST_LINES };
    if (count && lines[0].from <= request->now)
        answer->now = &lines[0];
}

int notify_handle_my_shifts (struct notify *self, struct request *request, const struct my_shifts *message, struct my_shifts_answer *answer,
                             struct error *err)
{
    int64_t days = message->has_days && message->days >= 1 && message->days <= MOST_DAYS ? message->days : STANDARD_DAYS;
    const char *person = request->actor->person_id;
    struct rotation_list_of rotations;
    struct duty_spans *spans;
    struct names *names;

    (void) self;
    if (load (request, request->now + days * 86400 * SECOND_US, &rotations, &spans, &names, err) < 0
        || swap_lines (request->db, request->arena, person, request->now, &answer->swaps, err) < 0
        || page_absences (request->db, request->arena, false, person, NULL, &answer->absences, err) < 0)
        return -1;
    fill (request, &rotations, spans, names, answer);
    return 0;
}
