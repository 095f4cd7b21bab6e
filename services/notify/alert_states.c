/* alert_states.c - see alert_states.h. */
#include "alert_states.h"

#define GOES(to, what) { .next = ALERT_STATE_##to, .follow = FOLLOW_##what }
#define REFUSED(state, why) { .next = ALERT_STATE_##state, .refusal = ERROR_##why }
#define WHOEVER [STANDING_NONE ... STANDING_OFFERED]

enum { STATE_COUNT = 4 };

static const struct alert_move moves[STATE_COUNT][HAPPENING_COUNT][STANDING_COUNT] = {
    [ALERT_STATE_SEARCHING] = {
        [HAPPENING_TAKE] = {
            [STANDING_NONE] = REFUSED (SEARCHING, NOT_ASKED),
            [STANDING_PLANNED] = GOES (ACCEPTED, HOLD),             /* whoever offers himself early is welcome */
            [STANDING_ASKED] = GOES (ACCEPTED, HOLD),
            [STANDING_DECLINED] = GOES (ACCEPTED, HOLD),            /* may change his mind */
            [STANDING_HOLDER] = GOES (ACCEPTED, HOLD),
            [STANDING_OFFERED] = GOES (ACCEPTED, HOLD),
        },
        [HAPPENING_CANNOT] = {
            [STANDING_NONE] = REFUSED (SEARCHING, NOT_ASKED),
            [STANDING_PLANNED] = GOES (SEARCHING, DECLINE),
            [STANDING_ASKED] = GOES (SEARCHING, NEXT),
            [STANDING_DECLINED] = GOES (SEARCHING, NOTHING),
            [STANDING_HOLDER] = GOES (SEARCHING, NEXT),
            [STANDING_OFFERED] = GOES (SEARCHING, NEXT),
        },
        [HAPPENING_SEE] = { WHOEVER = GOES (SEARCHING, MARK) },
        [HAPPENING_DUE] = { WHOEVER = GOES (SEARCHING, STEP) },
    },
    [ALERT_STATE_ACCEPTED] = {
        [HAPPENING_TAKE] = {
            [STANDING_NONE] = REFUSED (ACCEPTED, NOT_ASKED),
            [STANDING_PLANNED] = REFUSED (ACCEPTED, ALREADY_ACCEPTED),
            [STANDING_ASKED] = REFUSED (ACCEPTED, ALREADY_ACCEPTED),
            [STANDING_DECLINED] = REFUSED (ACCEPTED, ALREADY_ACCEPTED),
            [STANDING_HOLDER] = GOES (ACCEPTED, RENEW),
            [STANDING_OFFERED] = GOES (ACCEPTED, TAKE_OVER),
        },
        [HAPPENING_CANNOT] = {
            [STANDING_NONE] = REFUSED (ACCEPTED, NOT_ASKED),
            [STANDING_PLANNED] = GOES (ACCEPTED, DECLINE),
            [STANDING_ASKED] = GOES (ACCEPTED, DECLINE),
            [STANDING_DECLINED] = GOES (ACCEPTED, NOTHING),
            [STANDING_HOLDER] = GOES (SEARCHING, REOPEN),
            [STANDING_OFFERED] = GOES (ACCEPTED, DECLINE),
        },
        [HAPPENING_SEE] = { WHOEVER = GOES (ACCEPTED, MARK) },
        [HAPPENING_DUE] = { WHOEVER = GOES (ACCEPTED, TIMES) },
    },
    [ALERT_STATE_ENDED] = {
        [HAPPENING_TAKE] = { WHOEVER = REFUSED (ENDED, ALREADY_ENDED) },
        [HAPPENING_CANNOT] = { WHOEVER = REFUSED (ENDED, ALREADY_ENDED) },
        [HAPPENING_SEE] = { WHOEVER = GOES (ENDED, NOTHING) },
        [HAPPENING_DUE] = { WHOEVER = GOES (ENDED, NOTHING) },
    },
};

const struct alert_move *alert_move (enum alert_state state, enum alert_happening happening, enum standing standing)
{
    return &moves[state][happening][standing];
}

enum error_key alert_end_refusal (enum alert_state state, bool may_end)
{
    if (!may_end)
        return ERROR_NOT_FOR_ROLE;
    return state == ALERT_STATE_ENDED ? ERROR_ALREADY_ENDED : 0;
}

int alert_check_answer (const struct alert_answer *answer, int64_t now, struct error *err)
{
    if (answer->answer == ALERT_ANSWER_KIND_VISIT && !answer->has_arrival_at)
        return fail (err, ERROR_ARRIVAL_NEEDED, "/arrival_at", "a visit without an arrival time");
    if (answer->answer == ALERT_ANSWER_KIND_VISIT && answer->arrival_at <= now)
        return fail (err, ERROR_TIME_IN_PAST, "/arrival_at", "arrival is not in the future");
    if (answer->answer == ALERT_ANSWER_KIND_CANNOT && !answer->decline)
        return fail (err, ERROR_REASON_NEEDED, "/decline", "cannot without a reason");
    return 0;
}

enum standing standing_of (enum try_state state)
{
    switch (state) {
    case TRY_STATE_PLANNED:
        return STANDING_PLANNED;
    case TRY_STATE_ACCEPTED:
        return STANDING_HOLDER;
    case TRY_STATE_DECLINED:
        return STANDING_DECLINED;
    default:                    /* also who was told in the application only: nobody waits for him, but his word counts */
        return STANDING_ASKED;
    }
}
