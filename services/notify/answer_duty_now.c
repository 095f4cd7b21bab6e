/* answer_duty_now.c - who is on duty now and in the coming days, per municipality.
 *
 * Takes:      duty_now                       (proto/notify/duty_now.query)
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows staff, no person in care
 * Repeats:    reads again
 * Away:       from the last copy (duty_copy.h), marked stale, with whom to call; try_later when there is none
 */
#include "clock.h"
#include "duty.h"
#include "duty_copy.h"
#include "notify.h"
#include "shift_cache_store.h"

int notify_handle_duty_now (struct notify *self, struct request *request, const struct duty_now *message, struct duty_now_answer *answer,
                            struct error *err)
{
    const struct shift_source source = { self->shifts, shift_cache_shifts };
    int64_t from = request->now, to = from + duty_days (message) * 86400 * SECOND_US;
    struct duty_lines lines;

    if (duty_load (request->db, request->arena, &source, message->municipality, from, to, &lines, err) < 0)
        return -1;
    duty_split (&lines, message->municipality, from, to, request->arena, answer);
    answer->as_of = from;
    return 0;
}

int notify_away_duty_now (void *service, struct request *request, const void *in, void *out, struct error *err)
{
    const struct notify *self = service;

    if (!duty_copy_answer (self->duty_copy, in, request->arena, out))
        return fail (err, ERROR_TRY_LATER, NULL, "the database is away and there is no copy of the duty");
    return 0;
}
