/* survey_consult: a professional body was consulted about a survey, before it is opened (A-10; guide: 関係団体等との事前の相談).
 *
 * Takes:     the survey; body, day, remark.
 * Refuses:   no body, no remark, tomorrow, naming the field; not_for_you: no such survey.
 * Publishes: nothing.
 * Repeats:   written once more: a body may be consulted twice.
 */
#include "clock.h"
#include "registry_routes.h"
#include "sessions.h"
#include "survey_store.h"

int registry_handle_survey_consult (struct registry *self, struct request *request, const struct survey_consult *message,
                                    struct done *answer, struct error *err)
{
    struct survey_row survey;
    char today[11];

    (void) self;
    (void) answer;
    day_number_text (tokyo_of (request->now).day_number, today);
    if (session_must_be_open (request, err) < 0 || survey_row_of (request, message->survey_id, &survey, err) < 0)
        return -1;
    if (!survey.found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such survey");
    if (consultation_check (message, today, err) < 0)
        return -1;
    return survey_store_consult (request, message, err);
}
