/* handle_fax_number_unconfirm.c - a confirmed FAX number is no longer sure: the office moved, or somebody else answers there.
 *
 * Takes:      fax_number_unconfirm           (proto/notify/fax_number_unconfirm.command)
 * Refuses:    not_for_you  the office has no FAX number
 * Publishes:  nothing; patients' pages that have not left are called off, and say so in their senders' lists
 * Repeats:    a number that is not confirmed stays as it is
 *
 * Its old test code confirms nothing any more: only a number that is being tested is confirmed.
 */
#include "fax_store.h"
#include "notify.h"

int notify_handle_fax_number_unconfirm (struct notify *self, struct request *request, const struct fax_number_unconfirm *message,
                                        struct done *answer, struct error *err)
{
    struct fax_number_row row;

    (void) self;
    (void) answer;
    if (fax_number_get (request, message->office_id, &row, err) < 0)
        return -1;
    if (!row.target.number)
        return fail (err, ERROR_NOT_FOR_YOU, "/office_id", "no FAX number");
    if (row.target.state != FAX_NUMBER_STATE_CONFIRMED)
        return 0;
    if (fax_number_mark (request, message->office_id, FAX_NUMBER_STATE_UNTESTED, err) < 0)
        return -1;
    return fax_call_off (request, message->office_id, err);
}
