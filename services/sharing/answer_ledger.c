/* answer_ledger.c - who saw this person's record, in plain words (S-28).
 *
 * Takes:      ledger
 * Refuses:    not_for_you  unknown, or not open to the actor; municipal officers see no patient and so no ledger of one
 *             malformed    a page key that is not one of ours
 * Publishes:  nothing; writes the ledger, which the next reading shows
 * Repeats:    every reading has its own ledger row
 */
#include "disclosure.h"
#include "ledger_store.h"
#include "page_key.h"

static void fill (struct request *request, struct ledger_page *page, int64_t most, struct ledger_answer *answer)
{
    struct ledger_line *lines = arena_alloc (request->arena, (page->count + 1) * sizeof *lines);

    if ((int64_t) page->count > most) {
        page->count = (size_t) most;
        answer->next = arena_print (request->arena, "%lld", (long long) page->items[most - 1].seq);
    }
    for (size_t i = 0; i < page->count; i++)
        lines[i] = page->items[i].line;
    answer->lines.items = lines;
    answer->lines.count = page->count;
}

int sharing_handle_ledger (struct sharing *self, struct request *request, const struct ledger *message, struct ledger_answer *answer,
                           struct error *err)
{
    int64_t most = page_size (message->has_limit, message->limit, PAGE_STANDARD, PAGE_MOST);
    int64_t before;
    struct ledger_page page;
    struct record patient;

    (void) self;
    if (page_key_read (message->after, &before, err) < 0
        || patient_store_find (request, message->patient_id, (enum sheet_section) 0, &patient, err) < 0
        || standing_check_read (&patient.standing, err) < 0
        || ledger_store_page (request, message->patient_id, before, most + 1, &page, err) < 0)
        return -1;
    fill (request, &page, most, answer);
    return disclose_patient (request, &patient, message->patient_id, "ledger", err);
}
