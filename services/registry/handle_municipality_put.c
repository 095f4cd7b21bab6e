/* municipality_put: adds or changes a municipality of the region.
 *
 * Takes:     its official code (six digits, or five without the check digit), prefecture, name and the telephone of its desk.
 * Refuses:   a code that is none, with a wrong check digit or of a ward, an empty name, a telephone without digits; area_reason_needed: one that
 *            joins from another 二次医療圏 than those that take part, without a reason (KU-01).
 * Publishes: municipality_changed, when something changed.
 * Repeats:   the same PUT again changes and announces nothing.
 */
#include "ids.h"
#include "office_store.h"
#include "put_rules.h"
#include "region_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "text.h"
#include "text_same.h"

static int store (struct request *request, const struct municipality_put *put, const char *subject, bool is_new, struct error *err)
{
    struct municipality_changed event = { .municipality_id = subject, .code = put->code, .name = put->name };

    if (office_store_put_municipality (request->db, put, subject, is_new, err) < 0)
        return -1;
    return announce (request, &municipality_changed_message, &event, put->code, err);
}

/* Once areas are known, who lies elsewhere says why. */
static int may_join (struct request *request, const struct municipality_put *put, struct error *err)
{
    bool known, same;

    if (region_store_fits (request, put->code, &known, &same, err) < 0)
        return -1;
    if (!known || same || put->reason)
        return 0;
    return fail (err, ERROR_AREA_REASON_NEEDED, "/reason", "lies in another area");
}

int registry_handle_municipality_put (struct registry *self, struct request *request, const struct municipality_put *message,
                                      struct done *answer, struct error *err)
{
    struct municipality_put old, put = *message;
    bool found, in_region;
    char subject[UUID_TEXT];
    int64_t version;

    (void) self;
    (void) answer;
    put.desk_phone = text_or_null (put.desk_phone);
    put.reason = put.reason ? text_or_null (text_trim (request->arena, put.reason)) : NULL;
    if (session_must_be_open (request, err) < 0 || municipality_check (&put, request->arena, err) < 0)
        return -1;
    uuid_from_name ("municipality", put.code, subject);
    if (subject_lock (request->db, request->arena, subject, &version, err) < 0
        || office_store_municipality (request->db, put.code, request->arena, &found, &in_region, &old, err) < 0)
        return -1;
    if (found && in_region && !municipality_changes (&old, &put))
        return 0;
    if (!(found && in_region) && may_join (request, &put, err) < 0)
        return -1;
    return store (request, &put, arena_text (request->arena, subject), !found, err);
}
