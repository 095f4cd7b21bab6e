/* letter_find: the letter whose paper form came back, by its return code.
 *
 * Takes:     the code as typed.
 * Refuses:   not_for_you: no such code, or of a facility somebody else looks after.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "letter_act.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_letter_find (struct registry *self, struct request *request, const struct letter_find *message,
                                 struct letter_view *answer, struct error *err)
{
    struct letter letter;

    (void) self;
    if (session_must_be_open (request, err) < 0
        || letter_by_code (request, letter_code_read (request->arena, message->code), &letter, err) < 0)
        return -1;
    if (!letter.letter_id)
        return fail (err, ERROR_NOT_FOR_YOU, "/code", "no such code");
    if (letter_show (request, &letter, answer, err) < 0)
        return -1;
    answer->facility_id = letter.facility_id;
    return 0;
}
