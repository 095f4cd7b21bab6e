/* fhir_search: resources of FHIR R4 by name, place, number or kind, for everybody, as residents may see them.
 *
 * Takes:     type, the parameters of FHIR that the CapabilityStatement names, _count, page.
 * Refuses:   too_many_requests of one network source; as fhir_ask.h.
 * Publishes: nothing.  No person is shown: no ledger row is due.  Reads facility_public and facility_public_item only.
 * Repeats:   reads only.
 */
#include "facility_search.h"
#include "fhir_answer.h"
#include "public_search.h"
#include "registry_routes.h"
#include "text.h"

/* Words of a name are looked for as the list does. */
static int want (struct arena *arena, const struct fhir_search *message, const struct fhir_asked *asked, struct open_wanted *ret,
                 struct error *err)
{
    const struct facility_search by_name = { .text = message->name };
    struct facility_wanted wanted;

    if (facility_search_read (arena, &by_name, &wanted, err) < 0)
        return -1;
    *ret = (struct open_wanted) { .facility_id = asked->facility_id, .numbers = asked->numbers, .words = wanted,
                                    .city = message->address_city ? text_trim (arena, message->address_city) : NULL,
                                    .service = message->service_type, .after = message->page, .limit = asked->count + 1 };
    return 0;
}

static void keep_fitting (struct arena *arena, const struct fhir_asked *asked, struct open_facilities *found)
{
    size_t kept = 0;

    for (size_t i = 0; i < found->count; i++)
        if (fhir_ask_fits (arena, asked, &found->items[i]))
            found->items[kept++] = found->items[i];
    found->count = kept;
}

int registry_handle_fhir_search (struct registry *self, struct request *request, const struct fhir_search *message,
                                 struct file_answer *answer, struct error *err)
{
    struct open_facilities found = { 0 };
    struct open_wanted wanted;
    struct fhir_bundle bundle;
    struct fhir_asked asked;

    if (stranger_may_ask (self, request, err) < 0 || fhir_ask_read (request->arena, message, &asked, err) < 0
        || want (request->arena, message, &asked, &wanted, err) < 0
        || (!asked.nothing && export_public_search (request->db, request->arena, &wanted, &found, err) < 0))
        return -1;
    bundle = (struct fhir_bundle) { .type = asked.type, .base = fhir_base (self, request->arena), .self = asked.self, .next = asked.next,
                                    .more = found.count > (size_t) asked.count };
    found.count = bundle.more ? (size_t) asked.count : found.count;
    keep_fitting (request->arena, &asked, &found);
    answer->body = fhir_search_set (request->arena, &bundle, &found);
    answer->media_type = FHIR_MEDIA_TYPE;
    return 0;
}
