/* answer_alert_list.c - alerts the reader takes part in, open ones first, newest first.
 *
 * Takes:      alert_list                     (proto/notify/alert_list.query)
 * Refuses:    malformed  a page key that is not one of ours
 * Publishes:  nothing; writes the disclosure ledger
 * Repeats:    reads again
 */
#include <inttypes.h>
#include "alert_view.h"
#include "ids.h"
#include "notify.h"

enum { STANDARD = 30, MOST = 100 };

struct page { bool has, open; int64_t at; char alert_id[UUID_TEXT]; };

/* "1.1763800000000000.<uuid>" */
static int read_key (const char *key, struct page *ret, struct error *err)
{
    char *rest;

    *ret = (struct page) { 0 };
    if (!key)
        return 0;
    ret->has = true;
    ret->open = key[0] == '1';
    if (key[0] && key[1] == '.') {
        ret->at = strtoll (key + 2, &rest, 10);
        if (*rest == '.' && uuid_is_valid (rest + 1)) {
            memcpy (ret->alert_id, rest + 1, UUID_TEXT);
            return 0;
        }
    }
    return fail (err, ERROR_MALFORMED, "/after", "not a page key");
}

static int write_ledger (struct request *request, const struct alert_rows *rows, size_t count, struct error *err)
{
    const char **subjects = arena_alloc (request->arena, (count + 1) * sizeof *subjects);

    for (size_t i = 0; i < count; i++)
        subjects[i] = rows->items[i].patient_id;
    return count ? disclose (request, (struct text_list) { .items = subjects, .count = count }, "alert_list", "takes_part", err) : 0;
}

int notify_handle_alert_list (struct notify *self, struct request *request, const struct alert_list *message,
                              struct alert_list_answer *answer, struct error *err)
{
    int64_t limit = message->has_limit && message->limit > 0 && message->limit <= MOST ? message->limit : STANDARD;
    bool *waits = arena_alloc (request->arena, (MOST + 2) * sizeof *waits);
    struct alert_line *lines;
    struct alert_rows rows;
    struct page page;
    size_t count;

    (void) self;
    if (read_key (message->after, &page, err) < 0
        || alert_get_list (request, message->has_open && message->open, page.has, page.open, page.at, page.has ? page.alert_id : NULL,
                           limit + 1, &rows, waits, err)
               < 0)
        return -1;
    count = rows.count > (size_t) limit ? (size_t) limit : rows.count;
    lines = arena_alloc (request->arena, (count + 1) * sizeof *lines);
    for (size_t i = 0; i < count; i++)
        lines[i] = alert_line_of (&rows.items[i], waits[i]);
    if (rows.count > count)
        answer->next = arena_print (request->arena, "%d.%" PRId64 ".%s", rows.items[count - 1].state != ALERT_STATE_ENDED,
                                    rows.items[count - 1].received_at, rows.items[count - 1].alert_id);
    answer->alerts.items = lines;
    answer->alerts.count = count;
    return write_ledger (request, &rows, count, err);
}
