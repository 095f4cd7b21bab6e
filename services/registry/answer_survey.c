/* survey: a survey and how far it has got, facility by facility.
 *
 * Takes:     the survey, page key.
 * Refuses:   not_for_you: no such survey; session_locked.
 * Publishes: nothing.  Who of a facility answered is no person in care: no ledger row is due.
 * Repeats:   reads only.
 */
#include "bits.h"
#include "ids.h"
#include "registry_routes.h"
#include "sessions.h"
#include "survey_store.h"

static void show (const struct survey_row *survey, struct arena *arena, struct survey_answer *answer)
{
    answer->municipality = survey->keeper;
    answer->title = survey->title;
    answer->intro = survey->intro;
    answer->kinds = enums_of_bits (arena, survey->kinds);
    answer->items = enums_of_bits (arena, survey->items);
    answer->facilities = survey->facilities;
    answer->due_on = survey->due_on;
    answer->has_opened_at = survey->opened;
    answer->opened_at = survey->opened_at;
}

int registry_handle_survey (struct registry *self, struct request *request, const struct survey *message, struct survey_answer *answer,
                            struct error *err)
{
    struct survey_row survey;
    struct text_list asks = { 0 };

    (void) self;
    if (message->after && !uuid_is_valid (message->after))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a key of a page");
    if (session_must_be_open (request, err) < 0 || survey_row_of (request, message->survey_id, &survey, err) < 0)
        return -1;
    if (!survey.found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such survey");
    answer->survey_id = message->survey_id;
    show (&survey, request->arena, answer);
    if (survey_consultations (request, message->survey_id, &answer->consultations, err) < 0
        || survey_progress (request, message->survey_id, message->after, answer, err) < 0
        || (!survey.opened && survey_asks (request, &survey, &asks, err) < 0))
        return -1;
    answer->would_ask = survey.opened ? answer->unsent + answer->returned + answer->outstanding : (int64_t) asks.count;
    return 0;
}
