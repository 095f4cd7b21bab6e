/* answer_fax_page.c - the picture of one page that came in.
 *
 * Takes:      fax_page   (proto/notify/fax_page.query)
 * Refuses:    not_for_you   no such page of a FAX for the actor's office
 * Publishes:  nothing; writes who looked at it into the ledger: under the person it is filed to or its code stands for, else under the FAX's
 *             own id, since nobody knows yet about whom it is
 * Repeats:    reads and writes again
 */
#include "fax_in_store.h"
#include "notify.h"

int notify_handle_fax_page (struct notify *self, struct request *request, const struct fax_page *message, struct file_answer *answer,
                            struct error *err)
{
    const char *subject = NULL;

    (void) self;
    if (fax_in_page (request, message->fax_in_id, message->page, &answer->body, &subject, err) < 0)
        return -1;
    if (!answer->body.data)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such page of this office");
    answer->media_type = "image/png";
    return disclose (request, (struct text_list) { &subject, 1 }, "fax_page", "received_fax", err);
}
