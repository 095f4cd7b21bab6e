/* handle_fax_number_put.c - an office's FAX number; its coded test page is sent at once.
 *
 * Takes:      fax_number_put                 (proto/notify/fax_number_put.command)
 * Refuses:    not_for_you     no such office
 *             phone_invalid   no telephone number
 * Publishes:  a test page by FAX, with a square by which it confirms the number when it comes back
 * Repeats:    a confirmed number entered again stays confirmed; any other is tested again, with another code
 */
#include "clock.h"
#include "fax_in_store.h"
#include "fax_store.h"
#include "notify.h"
#include "text.h"

static int send_test (struct request *request, const struct fax_known *code, const char *page_code, struct error *err)
{
    const int64_t until = request->now + FAX_TEST_DAYS * 86400 * (int64_t) SECOND_US;

    poke_after_commit (request->batch, "deliver");
    if (fax_code_add (request, request->actor->municipality, code, page_code, until, err) < 0)
        return -1;
    return fax_number_set (request, code->office_id, code->number, code->test_code, page_code, fax_test_text (request->arena, code->office, code->test_code), err);
}

int notify_handle_fax_number_put (struct notify *self, struct request *request, const struct fax_number_put *message, struct done *answer,
                                  struct error *err)
{
    struct fax_number_row row;
    bool doubtful;
    const char *number = text_phone (request->arena, message->number, &doubtful);
    char code[7], page_code[FAX_CODE_TEXT];

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
    fax_page_code_new (page_code);
    return send_test (request, &(struct fax_known) { .kind = FAX_CODE_TEST, .office_id = message->office_id, .office = row.target.office, .number = number,
        .test_code = arena_text (request->arena, code) }, arena_text (request->arena, page_code), err);
}
