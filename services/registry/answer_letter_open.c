/* letter_open: what a letter to a facility asks, by the link in it.
 *
 * Takes:     the token.
 * Refuses:   not_for_you: no link of this region; letter_over: too late.
 * Publishes: nothing.  No person is shown: no ledger row is due.  What the link shows its facility knows already; after the answer it shows
 *            nothing of the record any more.
 * Repeats:   reads only.
 */
#include "letter_act.h"
#include "registry_routes.h"

int registry_handle_letter_open (struct registry *self, struct request *request, const struct letter_open *message,
                                 struct letter_view *answer, struct error *err)
{
    struct letter letter;

    if (letter_of_token (self, request, message->token, &letter, err) < 0)
        return -1;
    return letter_show (request, &letter, answer, err);
}
