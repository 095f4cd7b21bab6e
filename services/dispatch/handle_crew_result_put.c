/* handle_crew_result_put.c - how the run ended (EMS-13, U-26): at most three taps, times prefilled.
 *
 * Takes:      crew_result_put                (proto/dispatch/crew_result_put.command)
 * Refuses:    not_for_you     another organisation's incident;  already_ended  it was cancelled
 *             phone_invalid   the hospital's telephone holds no digits
 * Publishes:  incident_result, by the job `incident`; again when it was corrected
 * Repeats:    nothing new is told
 */
#include "dispatch.h"
#include "own_message.h"

int dispatch_handle_crew_result_put (struct dispatch *self, struct request *request, const struct crew_result_put *message,
                                     struct done *answer, struct error *err)
{
    struct intake_message said = { .kind = INCIDENT_KIND_RESULT,
                                   .outcome = message->outcome,
                                   .hospital_name = message->hospital_name,
                                   .hospital_phone = message->hospital_phone,
                                   .has_arrived_at = true,
                                   .arrived_at = message->has_arrived_at ? message->arrived_at : request->now,
                                   .has_family_joined = message->has_family_joined,
                                   .family_joined = message->family_joined,
                                   .handed_to = message->handed_to };

    (void) self;
    (void) answer;
    if (message->hospital_phone && !strpbrk (message->hospital_phone, "0123456789"))
        return fail (err, ERROR_PHONE_INVALID, "/hospital_phone", "no digits");
    return own_message_take (request, message->incident_id, true, &said, err);
}
