/* alert_states.h - where an alert stands, what may happen to it, and what follows: one table, states × events × how the actor stands to it.
 *
 *   searching  somebody is being asked; only an acceptance or an end by a person stops the asking
 *   accepted   somebody has taken it; taking it back, or not coming in time, opens the search again
 *   ended      a person has said how it ended
 *
 * Pure.  The same table decides, refuses and is walked by the test.
 */
#ifndef NOTIFY_ALERT_STATES_H
#define NOTIFY_ALERT_STATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "error.h"
#include "messages.h"

enum alert_happening { HAPPENING_TAKE, HAPPENING_CANNOT, HAPPENING_SEE, HAPPENING_DUE, HAPPENING_COUNT };

/* How the actor stands to the alert. */
enum standing {
    STANDING_NONE,              /* was not asked and is not going to be */
    STANDING_PLANNED,           /* will be asked later */
    STANDING_ASKED,             /* asked, seen, without answer, called off, or told in the application only */
    STANDING_DECLINED,
    STANDING_HOLDER,            /* has accepted */
    STANDING_OFFERED,           /* asked while another holds it: to take it over */
    STANDING_COUNT
};

enum follow {
    FOLLOW_NOTHING = 1,         /* allowed, changes nothing */
    FOLLOW_HOLD,                /* the actor takes it: everybody else is called off and told */
    FOLLOW_RENEW,               /* the holder's answer replaces his earlier one */
    FOLLOW_DECLINE,             /* the actor's entry is declined; others go on being asked */
    FOLLOW_NEXT,                /* declined, and the next one is asked at once when nobody of the step is left */
    FOLLOW_REOPEN,              /* the holder cannot after all: search again, at once */
    FOLLOW_MARK,                /* seen is written down */
    FOLLOW_STEP,                /* time is up: the next one, or the last resort again */
    FOLLOW_TAKE_OVER,           /* the actor takes it from the holder, who stays responsible until then */
    FOLLOW_TIMES,               /* taken, and a time has come: overdue, a hospital without answer, the end of a shift */
};

struct alert_move { enum alert_state next; enum follow follow; enum error_key refusal; };

/* Never NULL for a known state; refusal is 0 when it is allowed. */
const struct alert_move *alert_move (enum alert_state state, enum alert_happening happening, enum standing standing);

/* Refusal of ending: 0 when it is allowed. */
enum error_key alert_end_refusal (enum alert_state state, bool may_end);

/* The first three of the four answers take it. */
static inline bool is_taking (enum alert_answer_kind answer)
{
    return answer == ALERT_ANSWER_KIND_BY_TELEPHONE || answer == ALERT_ANSWER_KIND_VISIT || answer == ALERT_ANSWER_KIND_AMBULANCE;
}

/* An answer complete in itself?  A visit needs an arrival in the future, cannot needs a reason. */
int alert_check_answer (const struct alert_answer *answer, int64_t now, struct error *err);

/* Words for a standing of one entry of the list. */
enum standing standing_of (enum try_state state);

#endif
