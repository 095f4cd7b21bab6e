/* handle_fax_send.c - a masked page to an office by FAX.
 *
 * Takes:      fax_send                       (proto/notify/fax_send.command)
 * Refuses:    not_for_you         a person the actor may not see, or an office without a number
 *             fax_not_confirmed   office or number were not written as they are
 *             fax_untested        the number has not been confirmed by a test page
 *             already_there       the same fax_id again
 * Publishes:  a page by FAX, with the reference only
 * Repeats:    refused
 */
#include "fax_store.h"
#include "message_text.h"
#include "notify.h"

int notify_handle_fax_send (struct notify *self, struct request *request, const struct fax_send *message, struct done *answer,
                            struct error *err)
{
    const char *municipality, *name, *office, *reference = message_number (request->arena, message->fax_id);
    struct fax_send page = *message;
    struct fax_number_row row;
    struct fax_row before;

    (void) self;
    (void) answer;
    if (fax_context (request, message->patient_id, &municipality, &name, &office, err) < 0
        || fax_number_get (request, message->office_id, &row, err) < 0
        || fax_decide (request->arena, &row.target, message->office, message->number, err) < 0
        || fax_find (request, message->fax_id, &before, err) < 0)
        return -1;
    if (before.found)
        return fail (err, ERROR_ALREADY_THERE, "/fax_id", "sent already");
    page.office = row.target.office;
    page.number = row.target.number;
    poke_after_commit (request->batch, "deliver");
    return fax_add (request, &page, municipality, name, reference,
                    fax_page_text (request->arena, reference, message->title, message->text, office), err);
}
