/* scheme_gaps.c - see scheme_gaps.h. */
#include "scheme_gaps.h"
#include <string.h>
#include "chain_warnings.h"
#include "clock.h"

struct offices { const char **items; size_t count; };

static void add (struct offices *offices, const char *office_id)
{
    for (size_t i = 0; office_id && i < offices->count; i++)
        if (strcmp (offices->items[i], office_id) == 0)
            return;
    if (office_id)
        offices->items[offices->count++] = office_id;
}

struct text_list scheme_gap_offices (struct arena *arena, const struct resolver_input *input)
{
    struct offices offices = { .items = arena_alloc (arena, (input->row_count + input->deputy_count + 1) * sizeof *offices.items) };

    if (!input->terminal || input->terminal_rows) {
        for (size_t i = 0; i < input->row_count; i++)
            add (&offices, chain_office_of (input, &input->rows[i]));
    } else {
        add (&offices, input->attending.office_id);
        for (size_t i = 0; i < input->deputy_count; i++)
            add (&offices, input->deputies[i].office_id);
    }
    return (struct text_list) { .items = offices.items, .count = offices.count };
}

struct scheme_gaps scheme_gaps (struct arena *arena, const struct resolver_input *input, const struct scheme_known *known, int64_t now,
                                int64_t to)
{
    struct text_list offices = scheme_gap_offices (arena, input);
    struct scheme_gaps gaps = { .items = arena_alloc (arena, (offices.count + 1) * sizeof *gaps.items) };
    int64_t today = tokyo_of (now).day_number, last = tokyo_of (to).day_number;

    for (size_t i = 0; i < offices.count; i++) {
        struct scheme_lapse lapse;

        if (scheme_lapses (known, offices.items[i], today, &lapse) && lapse.from <= last)
            gaps.items[gaps.count++] = (struct scheme_gap) { offices.items[i], tokyo_instant (lapse.from, 0),
                                                             lapse.to <= last ? tokyo_instant (lapse.to, 0) : to };
    }
    return gaps;
}
