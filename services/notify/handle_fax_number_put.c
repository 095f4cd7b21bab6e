/* handle_fax_number_put.c - an office's FAX number; its coded test page is sent at once.
 *
 * Takes:      fax_number_put                 (proto/notify/fax_number_put.command)
 * Refuses:    not_for_you     no such office
 *             phone_invalid   no telephone number
 * Publishes:  a test page by FAX
 * Repeats:    a confirmed number entered again stays confirmed; any other is tested again, with another code
 */
#include "fax_store.h"
#include "notify.h"
#include "text.h"

int notify_handle_fax_number_put (struct notify *self, struct request *request, const struct fax_number_put *message, struct done *answer,
                                  struct error *err)
{
    struct fax_number_row row;
    bool doubtful;
    const char *number = text_phone (request->arena, message->number, &doubtful);
    char code[7];

    (void) self;
    (void) answer;
    if (!number || doubtful)
        return fail (err, ERROR_PHONE_INVALID, "/number", "no telephone number");
    if (fax_number_get (request, message->office_id, &row, err) < 0)
        return -1;
    if (!row.target.office)
        return fail (err, ERROR_NOT_FOR_YOU, "/office_id", "no such office");
    if (row.target.state == FAX_NUMBER_STATE_CONFIRMED && fax_same_number (request->arena, row.target.number, number))
        return 0;
    fax_code_new (code);
    poke_after_commit (request->batch, "deliver");
    return fax_number_set (request, message->office_id, number, arena_text (request->arena, code),
                           fax_test_text (request->arena, row.target.office, code), err);
}
