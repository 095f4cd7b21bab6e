/* handle_fax_send.c - a masked page to an office by FAX.
 *
 * Takes:      fax_send                       (proto/notify/fax_send.command)
 * Refuses:    not_for_you         a person the actor may not see, or an office without a number
 *             fax_not_confirmed   office or number were not written as they are
 *             fax_untested        the number has not been confirmed by a test page
 *             already_there       the same fax_id again
 * Publishes:  a page by FAX, with the reference only; if an answer is wanted, with a square by which it files itself when it comes back
 * Repeats:    refused
 */
#include "clock.h"
#include "fax_in_store.h"
#include "fax_store.h"
#include "message_text.h"
#include "notify.h"

static int add_code (struct request *request, const struct fax_send *page, const char *municipality, const char **ret, struct error *err)
{
    const int64_t until = request->now + FAX_ANSWER_DAYS * 86400 * (int64_t) SECOND_US;
    char code[FAX_CODE_TEXT];

    fax_page_code_new (code);
    *ret = arena_text (request->arena, code);
    return fax_code_add (request, municipality, &(struct fax_known) { .kind = FAX_CODE_ANSWER, .office_id = page->office_id, .number = page->number,
        .fax_id = page->fax_id, .patient_id = page->patient_id }, *ret, until, err);
}

int notify_handle_fax_send (struct notify *self, struct request *request, const struct fax_send *message, struct done *answer,
                            struct error *err)
{
    const char *municipality, *name, *office, *reference = message_number (request->arena, message->fax_id);
    struct fax_send page = *message;
    struct fax_number_row row, own;
    struct fax_row before;
    const char *page_code = NULL;

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
    if (fax_number_get (request, request->actor->office_id, &own, err) < 0
        || (message->has_wants_answer && message->wants_answer && add_code (request, &page, municipality, &page_code, err) < 0))
        return -1;
    return fax_add (request, &page, municipality, name, reference, page_code,
                    fax_page_text (request->arena, reference, message->title, message->text, office,
                                   !page_code ? NULL : own.target.number ? own.target.number : ""), err);
}
