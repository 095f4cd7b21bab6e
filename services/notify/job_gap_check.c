/* job_gap_check.c - looks every day, and after every change, where the coming 365 days have nobody on duty, nobody who can be reached, or an
 * order without doctors or with an office whose time as deputy doctor ends; tells the coordinators of a municipality each morning, and at
 * once of somebody on duty who cannot be reached.
 *
 * A few rotations or orders a run, then again at once, so that no run is long.  N-31, U-04, U-08, X-04.  Of an office that says the hours of its telephones also the times without any.
 */
#include <string.h>
#include "chain_warnings.h"
#include "clock.h"
#include "feed_store.h"
#include "gap_load.h"
#include "notify.h"
#include "office_phone_store.h"
#include "roster_layers_store.h"
#include "swap_store.h"

enum { ROTATIONS_A_RUN = 8, CHAINS_A_RUN = 20, OFFICES_A_RUN = 50, GAPS_MOST = 400, CHAIN_GAPS_MOST = 400, MORNING_MINUTE = 7 * 60 };
static const int64_t DAY_US = 86400LL * SECOND_US;

static int check_rotations (struct job_run *run, struct text_list due, struct error *err)
{
    struct rotation_list_of rotations;
    struct gaps *gaps;

    if (gap_load_rotations (run->db, run->arena, due, run->now, run->now + GAP_DAYS * DAY_US, &rotations, &gaps, err) < 0)
        return -1;
    for (size_t i = 0; i < rotations.count; i++) {
        if (gaps[i].count > GAPS_MOST)
            gaps[i].count = GAPS_MOST;
        if (gap_put_rotation (run->db, &rotations.items[i], &gaps[i], run->now, err) < 0)
            return -1;
    }
    return 0;
}

static struct chain_found found_of (struct job_run *run, const struct resolver_input *input, const struct scheme_known *scheme)
{
    struct gaps gaps = chain_gaps (run->arena, input, run->now, run->now + GAP_DAYS * DAY_US, CHAIN_GAPS_MOST);
    struct chain_found found = { .in_use = input->team_consent && (input->row_count > 0 || input->terminal),
                                 .doctors = chain_doctors (run->arena, input),
                                 .scheme = scheme_gaps (run->arena, input, scheme, run->now, run->now + GAP_DAYS * DAY_US) };

    if (gaps.count)
        found.gap = gaps.items[0];
    for (size_t i = 0; i < gaps.count && !found.yearend.kind; i++)
        if (gap_is_yearend (gaps.items[i].from, gaps.items[i].to))
            found.yearend = gaps.items[i];
    return found;
}

static int check_chains (struct job_run *run, const struct due_chains *due, struct error *err)
{
    struct resolver_input *inputs;
    struct scheme_known scheme;

    if (gap_load_chains (run->db, run->arena, due, run->now, run->now + GAP_DAYS * DAY_US, &inputs, &scheme, err) < 0)
        return -1;
    for (size_t i = 0; i < due->count; i++) {
        struct chain_found found = found_of (run, &inputs[i], &scheme);

        if (gap_put_chain (run->db, &due->items[i], &found, run->now, err) < 0)
            return -1;
    }
    return 0;
}

/* The next time at which an office that says its hours could not be called; its people's own telephones ring at any hour. */
static int check_offices (struct job_run *run, const struct checked_offices *due, struct error *err)
{
    int64_t until = run->now + GAP_DAYS * DAY_US;
    struct rotation_list_of none = { 0 };
    struct roster_layers layers;

    if (roster_load_layers (run->db, run->arena, &none, run->now, until, &layers, err) < 0)
        return -1;
    for (size_t i = 0; i < due->count; i++) {
        const struct checked_office *office = &due->items[i];
        const struct phone_calendar calendar = { &layers.closures, office->area };
        int64_t from = 0, to = 0;

        if (office->lines.count && !office->staff)
            phone_next_silent (&office->lines, &calendar, run->now, until, &from, &to);
        if (office_phones_checked (run->db, office->office_id, from, to, run->now, err) < 0)
            return -1;
    }
    return 0;
}

static bool is_among (struct text_list areas, const char *area)
{
    for (size_t i = 0; i < areas.count; i++)
        if (strcmp (areas.items[i], area) == 0)
            return true;
    return false;
}

static int tell (struct job_run *run, struct text_list areas, struct text_list but, struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_ROSTER_GAP, .at = run->now };
    struct feed_writer feed = { .db = run->db, .arena = run->arena, .batch = run->batch };

    for (size_t i = 0; i < areas.count; i++) {
        struct text_list people;

        if (is_among (but, areas.items[i]))
            continue;
        if (swap_coordinators (run->db, run->arena, areas.items[i], &people, err) < 0
            || (people.count && feed_add_people (&feed, &notice, people, err) < 0))
            return -1;
    }
    return 0;
}

static int tell_all (struct job_run *run, struct error *err)
{
    struct text_list today = { 0 }, at_once;

    if (tokyo_of (run->now).minute >= MORNING_MINUTE
        && (gap_to_tell (run->db, run->arena, run->now, true, &today, err) < 0 || tell (run, today, (struct text_list) { 0 }, err) < 0))
        return -1;
    return gap_to_tell (run->db, run->arena, run->now, false, &at_once, err) < 0 ? -1 : tell (run, at_once, today, err);
}

int notify_job_gap_check (void *self, struct job_run *run, struct error *err)
{
    struct text_list rotations;
    struct checked_offices offices;
    struct due_chains chains;

    (void) self;
    if (gap_due_rotations (run->db, run->arena, run->now, ROTATIONS_A_RUN, &rotations, err) < 0)
        return -1;
    if (rotations.count) {
        *run->again = true;
        return check_rotations (run, rotations, err);
    }
    if (gap_due_chains (run->db, run->arena, run->now, CHAINS_A_RUN, &chains, err) < 0)
        return -1;
    if (chains.count) {
        *run->again = true;
        return check_chains (run, &chains, err);
    }
    if (office_phones_due (run->db, run->arena, run->now, OFFICES_A_RUN, &offices, err) < 0)
        return -1;
    if (offices.count) {
        *run->again = true;
        return check_offices (run, &offices, err);
    }
    return tell_all (run, err);
}
