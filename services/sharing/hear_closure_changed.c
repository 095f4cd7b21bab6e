/* hear_closure_changed.c - a local closure was set, changed or taken back: visits entrusted for holidays follow it (U-33).
 *
 * Takes:      closure_changed      (proto/notify/closure_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing; the job night_turn, which is called at once, computes the duties of whom it concerns anew
 * Repeats:    an older version, or the same, never wins
 */
#include "night_closure_store.h"

int sharing_hear_closure_changed (struct sharing *self, struct hearing *hearing, const struct closure_changed *event, struct error *err)
{
    (void) self;
    if (night_closure_put (hearing->db, event, hearing->event->subjectversion, err) < 0)
        return -1;
    poke_after_commit (hearing->batch, "night_turn");
    return 0;
}
