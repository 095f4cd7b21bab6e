/* alert_plan.h - what remains to be asked of an alert, from the resolver's answer and from who has been asked already.
 *
 * The order is found anew at every step, so that an absence or a handover counts for the next step; who has been asked keeps his place.
 * Somebody who was called off (because another accepted, and then could not) may be asked again.  Pure.
 */
#ifndef NOTIFY_ALERT_PLAN_H
#define NOTIFY_ALERT_PLAN_H

#include "resolver.h"

struct tried {
    int64_t try_id;
    int position;
    enum target_kind target;
    const char *person_id, *office_id;
    enum try_state state;
};

/* The entries not asked yet, positions counted on from after_position, groups kept; the last resort at once when nobody else is left. */
struct resolution plan_rest (struct arena *arena, const struct resolution *order, const struct tried *tried, size_t count,
                             int after_position);

/* Nobody of this step is left who may still answer: the next one is asked without waiting.  A nursing station asked beside a doctor does
 * not keep the step open. */
bool step_is_spent (const struct tried *tried, size_t count, int position);

/* Until the next step: the shortest delay of the entries of the first position. */
int first_delay (const struct resolution *plan);

#endif
