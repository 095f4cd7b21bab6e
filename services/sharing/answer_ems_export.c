/* answer_ems_export.c - rows of 支援情報 for a command system: whole, or what changed since a position (EMS-20).
 *
 * Takes:      ems_export
 * Refuses:    malformed  a page key or municipality that is not one
 * Publishes:  nothing; writes the ledger, one row a page
 * Repeats:    every reading has its own ledger row
 *
 * A delta is made of whoever has, or once had, the consent and was changed by a transaction that had not ended when the position was given
 * out: a row may come twice, none is left out.  Who is not seen any more has withdrawn: the row says removed and nothing else.
 */
#include "ems_export_store.h"
#include "ems_store.h"
#include "ids.h"

enum { EXPORT_STANDARD = 500, EXPORT_MOST = 1000 };

static int disclose_rows (struct request *request, const struct ems_export_answer *answer, struct error *err)
{
    const char **subjects = arena_alloc (request->arena, (answer->rows.count + 1) * sizeof *subjects);
    size_t count = 0;

    for (size_t i = 0; i < answer->rows.count; i++)
        if (!answer->rows.items[i].removed)
            subjects[count++] = answer->rows.items[i].patient_id;
    return disclose (request, (struct text_list) { subjects, count }, "export", "ems", err);
}

static void end_page (struct ems_export_answer *answer, int64_t most)
{
    if ((int64_t) answer->rows.count <= most)
        return;
    answer->rows.count = (size_t) most;
    answer->next = answer->rows.items[most - 1].patient_id;
}

int sharing_handle_ems_export (struct sharing *self, struct request *request, const struct ems_export *message,
                               struct ems_export_answer *answer, struct error *err)
{
    int64_t most = page_size (message->has_limit, message->limit, EXPORT_STANDARD, EXPORT_MOST);

    (void) self;
    if (message->after && !uuid_is_valid (message->after))
        return fail (err, ERROR_MALFORMED, "/after", "not a page key");
    if (ems_store_enter (request, message->municipalities, NULL, NULL, err) < 0
        || ems_export_position (request, message->since, answer, err) < 0
        || ems_export_page (request, answer->whole ? NULL : message->since, message->after, most + 1, answer, err) < 0)
        return -1;
    end_page (answer, most);
    return disclose_rows (request, answer, err);
}
