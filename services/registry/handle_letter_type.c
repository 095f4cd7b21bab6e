/* letter_type: an officer types what came back on paper, under its return code.
 *
 * Takes:     the code; what was not known or is different, whom items may be shown to, who answered.
 * Refuses:   not_for_you: no such code, or of a facility somebody else looks after; letter_answered; else as letter_answer.  A form that comes
 *            back late is still taken.
 * Publishes: facility_changed.
 * Repeats:   refused as letter_answered.
 */
#include "letter_act.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_letter_type (struct registry *self, struct request *request, const struct letter_type *message, struct done *answer,
                                 struct error *err)
{
    const struct letter_said said = { message->items, message->consents, message->given_by, message->has_seconds ? message->seconds : 0,
                                      LETTER_WAY_PAPER };
    struct letter letter;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0
        || letter_by_code (request, letter_code_read (request->arena, message->code), &letter, err) < 0)
        return -1;
    if (!letter.letter_id)
        return fail (err, ERROR_NOT_FOR_YOU, "/code", "no such code");
    return letter_take (request, &letter, &said, err);
}
