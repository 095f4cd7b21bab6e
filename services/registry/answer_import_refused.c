/* import_refused: the refused rows as CSV, in the words of the file, each with its reasons in a last column; corrected, they are imported
 * again as a part of the list.  A file without a header comes back without one, and without the reasons.
 *
 * Takes:     the import, the last line given, how many.
 * Refuses:   not_for_you when it is not there or another municipality's; field_wrong_type for a key of no page; session_locked.
 * Publishes: nothing.  Facilities, no person: no ledger row is due.
 * Repeats:   reads only.
 */
#include <stdlib.h>
#include "import_refused_store.h"
#include "json_text.h"
#include "registry_routes.h"
#include "sessions.h"

enum { BODY_MOST = 180 * 1024 };

static void put_quoted (struct json_text *csv, const char *text)
{
    json_put (csv, "\"");
    for (const char *p = text; *p; p++)
        json_add (csv, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
    json_put (csv, "\"");
}

static void put_row (struct json_text *csv, const struct refused_row *row, bool with_reasons)
{
    json_put (csv, row->record);
    if (with_reasons) {
        json_put (csv, ",");
        put_quoted (csv, row->reasons);
    }
    json_put (csv, "\r\n");
}

static int read_rows (struct request *request, const struct import_refused *message, struct refused_row **ret, size_t *ret_count,
                      struct error *err)
{
    int64_t limit = message->has_limit && message->limit >= 1 && message->limit <= 200 ? message->limit : 200;
    char *end = NULL;
    long long after = message->after ? strtoll (message->after, &end, 10) : 0;

    if (message->after && (end == message->after || *end))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a key of a page");
    return import_refused_store_page (request->db, request->arena, message->import_id, after, limit, ret, ret_count, err);
}

static void write_page (struct request *request, const struct refused_import *import, bool headless, bool first, const struct refused_row *rows,
                        size_t count, struct file_page *answer)
{
    struct json_text csv = { .arena = request->arena };
    size_t at = 0;

    json_put (&csv, first ? "\xEF\xBB\xBF" : "");
    if (first && !headless && import->header)
        json_put (&csv, arena_print (request->arena, "%s,\"" IMPORT_REASON_TITLE "\"\r\n", import->header));
    for (; at < count && csv.size < BODY_MOST; at++)
        put_row (&csv, &rows[at], !headless);
    answer->body = (struct bytes) { (const unsigned char *) csv.text, csv.size };
    answer->media_type = "text/csv; charset=utf-8";
    answer->file_name = "refused.csv";
    answer->next_page = at ? arena_print (request->arena, "%lld", (long long) rows[at - 1].line) : NULL;
}

int registry_handle_import_refused (struct registry *self, struct request *request, const struct import_refused *message,
                                    struct file_page *answer, struct error *err)
{
    const struct import_profile *profile;
    struct refused_import import;
    struct refused_row *rows;
    size_t count;
    bool found;

    if (session_must_be_open (request, err) < 0
        || import_refused_store_head (request->db, request->arena, message->import_id, &found, &import, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such import");
    if (read_rows (request, message, &rows, &count, err) < 0)
        return -1;
    profile = profile_open (request->arena, self->profiles_dir, import.profile);
    write_page (request, &import, profile && profile->header, !message->after, rows, count, answer);
    return 0;
}
