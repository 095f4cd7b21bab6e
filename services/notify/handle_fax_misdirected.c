/* handle_fax_misdirected.c - 誤送信, recorded in one action: to whom it went, what it was, whether it is back.
 *
 * Takes:      fax_misdirected                (proto/notify/fax_misdirected.command)
 * Refuses:    not_for_you     no FAX of the actor's office
 * Publishes:  nothing
 * Repeats:    the newer words stand; the first time stays
 *
 * The number is barred until it has been tested again, and what comes back with the page's code is for a person.
 */
#include "fax_in_store.h"
#include "fax_store.h"
#include "notify.h"

int notify_handle_fax_misdirected (struct notify *self, struct request *request, const struct fax_misdirected *message,
                                   struct done *answer, struct error *err)
{
    struct fax_row row;

    (void) self;
    (void) answer;
    if (fax_find (request, message->fax_id, &row, err) < 0)
        return -1;
    if (!row.found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such FAX");
    if (fax_mark_misdirected (request, message, err) < 0 || fax_code_end (request, message->fax_id, err) < 0)
        return -1;
    return fax_number_mark (request, row.office_id, FAX_NUMBER_STATE_BARRED, err);
}
