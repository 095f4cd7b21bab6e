/* letter_answer: a facility answers a letter by its link; nobody is logged in.
 *
 * Takes:     the token; what was not known or is different, whom items may be shown to, who answers.
 * Refuses:   not_for_you: no link of this region; letter_over: too late; letter_answered: the link is used up; what was not asked, words
 *            that are missing, nobody who answers, naming the field.
 * Publishes: facility_changed.  Changes of items on the review list wait for approval, but not those a survey asks for.
 * Repeats:   refused as letter_answered; nothing is written twice.
 */
#include "letter_act.h"
#include "registry_routes.h"

int registry_handle_letter_answer (struct registry *self, struct request *request, const struct letter_answer *message,
                                   struct done *answer, struct error *err)
{
    const struct letter_said said = { message->items, message->consents, message->given_by, message->has_seconds ? message->seconds : 0,
                                      LETTER_WAY_LINK };
    struct letter letter;

    (void) answer;
    if (letter_of_token (self, request, message->token, &letter, err) < 0)
        return -1;
    return letter_take (request, &letter, &said, err);
}
