/* handle_fax_number_confirm.c - the code on the test page, as the office read it out by telephone.
 *
 * Takes:      fax_number_confirm             (proto/notify/fax_number_confirm.command)
 * Refuses:    not_for_you      the office has no FAX number
 *             fax_untested     no test page was sent since the number was barred or its confirmation taken back
 *             fax_code_wrong   another code: the page came out somewhere else, or not at all
 * Publishes:  nothing
 * Repeats:    stays confirmed
 */
#include "fax_store.h"
#include "notify.h"

int notify_handle_fax_number_confirm (struct notify *self, struct request *request, const struct fax_number_confirm *message,
                                      struct done *answer, struct error *err)
{
    struct fax_number_row row;

    (void) self;
    (void) answer;
    if (fax_number_get (request, message->office_id, &row, err) < 0)
        return -1;
    if (!row.target.number)
        return fail (err, ERROR_NOT_FOR_YOU, "/office_id", "no FAX number");
    if (row.target.state != FAX_NUMBER_STATE_TESTING && row.target.state != FAX_NUMBER_STATE_CONFIRMED)
        return fail (err, ERROR_FAX_UNTESTED, "/office_id", "not being tested");
    if (!fax_same_code (request->arena, row.test_code, message->code))
        return fail (err, ERROR_FAX_CODE_WRONG, "/code", "another code");
    return fax_number_mark (request, message->office_id, FAX_NUMBER_STATE_CONFIRMED, err);
}
