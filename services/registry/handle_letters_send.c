/* letters_send: outstanding letters go out, for the first time or as a reminder; whoever has answered is left in peace.
 *
 * Takes:     the survey, or none for regular confirmations; by e-mail, or printed and sent.
 * Refuses:   not_for_you: no such survey; field_unknown_choice: another way.
 * Publishes: nothing; the job letters sends what is to go by e-mail.
 * Repeats:   who was asked in the last 7 days (of a survey) or 30 days (confirmations) is not asked again.
 */
#include "clock.h"
#include "letter_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "survey_store.h"

int registry_handle_letters_send (struct registry *self, struct request *request, const struct letters_send *message,
                                  struct letters_sent *answer, struct error *err)
{
    int64_t days = message->survey_id ? REMIND_SURVEY_DAYS : REMIND_CONFIRMATION_DAYS;
    struct survey_row survey = { .found = true };

    (void) self;
    if (session_must_be_open (request, err) < 0
        || (message->survey_id && survey_row_of (request, message->survey_id, &survey, err) < 0))
        return -1;
    if (!survey.found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such survey");
    if (message->way == LETTER_WAY_PAGE)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/way", "letters go by e-mail or on paper");
    poke_after_commit (request->batch, "letters");
    return letters_go (request, message, request->now - days * 86400 * SECOND_US, &answer->letters, err);
}
