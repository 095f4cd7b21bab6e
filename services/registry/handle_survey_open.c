/* survey_open: a survey begins; each facility gets a letter.
 *
 * Takes:     the survey.
 * Refuses:   not_for_you: no such survey; survey_open: it is open; consultation_missing: no professional body was consulted; survey_empty: no
 *            facility fits.
 * Publishes: nothing; the job letters sends what goes by e-mail, the rest is printed (letter_papers).
 * Repeats:   refused as survey_open; no facility gets two letters.
 */
#include "clock.h"
#include "letter_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "survey_store.h"

static int check_ready (const struct survey_row *survey, struct error *err)
{
    if (!survey->found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such survey");
    if (survey->opened)
        return fail (err, ERROR_SURVEY_OPEN, NULL, "open");
    return survey->consultations > 0 ? 0 : fail (err, ERROR_CONSULTATION_MISSING, "/consultations", "nobody was consulted");
}

int registry_handle_survey_open (struct registry *self, struct request *request, const struct survey_open *message,
                                 struct letters_sent *answer, struct error *err)
{
    struct text_list facilities;
    struct survey_row survey;
    int64_t until;

    (void) self;
    if (session_must_be_open (request, err) < 0 || survey_row_of (request, message->survey_id, &survey, err) < 0
        || check_ready (&survey, err) < 0 || survey_asks (request, &survey, &facilities, err) < 0)
        return -1;
    if (facilities.count == 0)
        return fail (err, ERROR_SURVEY_EMPTY, "/kinds", "no facility fits");
    until = tokyo_instant (day_number_of_text (survey.due_on) + 1 + LATE_DAYS, 0);
    answer->letters = (int64_t) facilities.count;
    poke_after_commit (request->batch, "letters");
    if (survey_store_open (request, message->survey_id, err) < 0)
        return -1;
    return letters_add (request, message->survey_id, survey.keeper, facilities, until, err);
}
