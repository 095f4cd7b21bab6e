/* support_piece.c - see support_piece.h. */
#include "support_piece.h"
#include "asking.h"
#include "clock.h"
#include "lookup_store.h"
#include "reply_store.h"
#include "support_csv.h"

enum { ROWS = 200 };

/* Where a file stands: position to remember at its end, since when, last key.  "-" is none. */
struct place { char position[81], since[81], after[81]; bool first; };

static const char *or_none (const char *text)
{
    return strcmp (text, "-") == 0 ? NULL : text;
}

static int read_place (const char *after, const char *since, struct place *ret, struct error *err)
{
    *ret = (struct place) { .position = "-", .since = "-", .after = "-", .first = !after };
    if (after && sscanf (after, "%80s %80s %80s", ret->position, ret->since, ret->after) != 3)
        return fail (err, ERROR_MALFORMED, "/after", "not a page key");
    if (!after && since)
        snprintf (ret->since, sizeof ret->since, "%s", since);
    return 0;
}

static int check (const struct support_wish *wish, struct error *err)
{
    if (wish->encoding && strcmp (wish->encoding, "utf-8") != 0 && strcmp (wish->encoding, "cp932") != 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/encoding", "utf-8 or cp932");
    return 0;
}

static void name_file (struct request *request, const struct support_wish *wish, bool cp932, struct support_export_answer *answer)
{
    char day[11];

    day_number_text (tokyo_of (request->now).day_number, day);
    answer->media_type = cp932 ? "text/csv; charset=Shift_JIS" : "text/csv; charset=utf-8";
    answer->file_name = arena_print (request->arena, "shien_%s_%s.csv", wish->delta ? "delta" : "full", day);
}

static int disclose_rows (struct request *request, const struct ems_export_answer *rows, struct error *err)
{
    const char **ids = arena_alloc (request->arena, (rows->rows.count + 1) * sizeof *ids);

    for (size_t i = 0; i < rows->rows.count; i++)
        ids[i] = rows->rows.items[i].patient_id;
    return rows->rows.count ? disclose (request, (struct text_list) { ids, rows->rows.count }, "support_export", "ems_consent", err) : 0;
}

static int fetch (struct dispatch *self, struct request *request, const struct partner *partner, const struct place *place,
                  struct ems_export_answer *ret, struct error *err)
{
    struct ems_export query = { .municipalities = partner->municipalities, .since = or_none (place->since), .after = or_none (place->after),
                                .has_limit = true, .limit = ROWS, .partner_id = partner->partner_id, .partner_name = partner->name };
    struct asking asking;

    asking_of_request (&asking, self, request, 4000);
    return ask_export (&asking, &query, ret, err);
}

/* The last resort of a town, asked for once a piece; rows come in the order of ids, towns mixed. */
static int town_phone (struct request *request, const char *town, struct last_known *known, bool *asked, const char **ret, struct error *err)
{
    if (!*asked && last_known_find (request->db, request->arena, town, known, err) < 0)
        return -1;
    *asked = true;
    *ret = known->phone;
    return 0;
}

/* Each row has the last resort of its own municipality: a fire organisation covers several. */
static int phones_of (struct request *request, const struct text_list *towns, const struct ems_export_row_list *rows, const char *const **ret,
                      struct error *err)
{
    const char **phones = arena_alloc (request->arena, (rows->count + 1) * sizeof *phones);
    struct last_known *known = arena_alloc (request->arena, (towns->count + 1) * sizeof *known);
    bool *asked = arena_alloc (request->arena, (towns->count + 1) * sizeof *asked);

    for (size_t i = 0; i < rows->count; i++)
        for (size_t k = 0; k < towns->count; k++)
            if (strcmp (towns->items[k], rows->items[i].municipality) == 0
                && town_phone (request, towns->items[k], &known[k], &asked[k], &phones[i], err) < 0)
                return -1;
    *ret = phones;
    return 0;
}

int support_piece (struct dispatch *self, struct request *request, const struct partner *partner, const struct support_wish *wish,
                   struct support_export_answer *answer, struct error *err)
{
    bool cp932 = wish->encoding && strcmp (wish->encoding, "cp932") == 0;
    struct ems_export_answer rows = { 0 };
    const char *const *phones;
    struct support_rows csv;
    struct place place;
    const char *since = NULL;

    if (check (wish, err) < 0
        || (wish->delta && export_position (request, partner->partner_id, wish->by_key, &since, err) < 0)
        || read_place (wish->after, since, &place, err) < 0 || fetch (self, request, partner, &place, &rows, err) < 0
        || phones_of (request, &partner->municipalities, &rows.rows, &phones, err) < 0)
        return -1;
    csv = (struct support_rows) { rows.rows.items, rows.rows.count, phones, place.first, cp932 };
    answer->body = support_csv (request->arena, &csv);
    name_file (request, wish, cp932, answer);
    if (place.first)
        snprintf (place.position, sizeof place.position, "%s", rows.position);
    if (rows.next)
        answer->next = arena_print (request->arena, "%s %s %s", place.position, place.since, rows.next);
    else if (export_taken (request, partner->partner_id, wish->by_key, place.position, err) < 0)
        return -1;
    return disclose_rows (request, &rows, err);
}
