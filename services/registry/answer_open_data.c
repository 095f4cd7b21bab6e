/* open_data: what residents may see of a municipality's facilities, for everybody and without a log-in, as 推奨データセット or GeoJSON.
 *
 * Takes:     the municipality (a city's code covers its wards), the file, page key.
 * Refuses:   too_many_requests of one network source (of files, not of their pages); not_for_you: no such municipality or file;
 *            field_wrong_type at /after.
 * Publishes: nothing.  No person is shown: no ledger row is due.  Reads facility_public and facility_public_item only: a consent or a
 *            review mark taken back holds from the next page on.
 * Repeats:   reads only.
 */
#include <inttypes.h>
#include "clock.h"
#include "ids.h"
#include "japan.h"
#include "open_data.h"
#include "public_search.h"
#include "registry_routes.h"

enum { FACILITIES = 200 };

/* "UUID N": behind this facility, so many are written. */
static int read_after (const char *text, char facility_id[UUID_TEXT], int64_t *ret_written, struct error *err)
{
    int end = 0;

    if (sscanf (text, "%36s %" SCNd64 "%n", facility_id, ret_written, &end) != 2 || text[end] || !uuid_is_valid (facility_id)
        || *ret_written < 0)
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a key of a page");
    return 0;
}

static int begin_page (struct request *request, const struct open_data *message, struct open_data_page *page, struct error *err)
{
    page->set = open_data_set_of (message->file);
    page->municipality = message->municipality;
    if (page->set == OPEN_DATA_NONE || !japan_code_is_valid (message->municipality))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such open data");
    if (export_place_of (request->db, request->arena, message->municipality, &page->place, err) < 0)
        return -1;
    return page->place.name ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such municipality");
}

static const char *file_name (struct request *request, const struct open_data *message)
{
    char day[11];

    day_number_text (tokyo_of (request->now).day_number, day);
    return arena_print (request->arena, "%s_%s_%s", message->municipality, day, message->file);
}

int registry_handle_open_data (struct registry *self, struct request *request, const struct open_data *message, struct file_page *answer,
                               struct error *err)
{
    struct open_data_page page = { .first = !message->after };
    struct open_facilities facilities;
    char low[7], high[7], after[UUID_TEXT] = "";
    size_t taken;

    if ((!message->after && stranger_may_ask (self, request, err) < 0)
        || (message->after && read_after (message->after, after, &page.written, err) < 0) || begin_page (request, message, &page, err) < 0)
        return -1;
    japan_code_range (message->municipality, low, high);
    if (export_public_page (request->db, request->arena, low, high, *after ? after : NULL, FACILITIES, &facilities, err) < 0)
        return -1;
    page.last = facilities.count < FACILITIES;
    answer->body = open_data_write (request->arena, &page, &facilities, &taken);
    answer->media_type = open_data_media_type (page.set);
    answer->file_name = file_name (request, message);
    if (!page.last || taken < facilities.count)
        answer->next_page = arena_print (request->arena, "%s %" PRId64, facilities.items[taken - 1].facility_id, page.written);
    return 0;
}
