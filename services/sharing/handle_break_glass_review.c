/* handle_break_glass_review.c - what the review of an opening without consent found (S-36).
 *
 * Takes:      break_glass_review
 * Refuses:    not_for_you    no such opening in the own municipality
 *             already_ended  reviewed before
 *             text_empty
 * Publishes:  nothing
 * Repeats:    a second time is refused as already_ended
 */
#include "blank.h"
#include "break_glass_store.h"

int sharing_handle_break_glass_review (struct sharing *self, struct request *request, const struct break_glass_review *message,
                                       struct done *answer, struct error *err)
{
    bool found, reviewed;

    (void) self;
    (void) answer;
    if (is_blank (message->outcome))
        return fail (err, ERROR_TEXT_EMPTY, "/outcome", "a review says what it found");
    if (break_glass_store_find (request, message->break_id, &found, &reviewed, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such opening here");
    if (reviewed)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "reviewed before");
    return break_glass_store_review (request, message, err);
}
