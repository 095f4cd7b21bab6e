/* job_night_turn.c - when a duty is over, the next one of an entrustment is computed, and the entrusted office's access opens with it.
 *
 * Access needs no job to begin and end on time: its rows carry their first and last moment.  A duty is computed when the one before and its
 * grace are over, hours before the next begins, and anew when a local closure or another attending doctor changes the calendar; a region
 * that was down meanwhile takes up whichever duty it is by then.
 */
#include "jobs.h"
#include "night_closure_store.h"
#include "night_store.h"

enum { AT_ONCE = 200 };

/* All in one round trip. */
static int ask_calendars (struct job_run *run, const struct night_turn_list *due, struct night_asked **ret, struct error *err)
{
    *ret = arena_alloc (run->arena, (due->count + 1) * sizeof **ret);
    for (size_t i = 0; i < due->count; i++) {
        const struct night_turn *turn = &due->items[i];

        if (night_calendar_ask (run->db, turn->municipality, turn->patient_id, turn->time.from, turn->time.until, &(*ret)[i], err) < 0)
            return -1;
    }
    return db_flush (run->db, err);
}

int sharing_night_turn (void *self, struct job_run *run, struct error *err)
{
    struct night_turn_list due;
    struct night_asked *asked;

    (void) self;
    if (night_store_due (run->db, run->arena, run->now, AT_ONCE, &due, err) < 0 || ask_calendars (run, &due, &asked, err) < 0)
        return -1;
    for (size_t i = 0; i < due.count; i++) {
        const struct night_turn *turn = &due.items[i];
        const struct night_calendar calendar = night_calendar_take (&asked[i], run->arena);

        if (night_store_turn (run->db, turn, night_window_open (&turn->time, &calendar, run->now), err) < 0
            || night_store_open (run->db, turn->municipality, turn->patient_id, turn->entrust_id, err) < 0)
            return -1;
    }
    *run->again = due.count > 0;
    return 0;
}
