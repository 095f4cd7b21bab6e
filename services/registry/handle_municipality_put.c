/* municipality_put: adds or changes a municipality of the region.
 *
 * Takes:     its official code, prefecture, name and the telephone of its desk.
 * Refuses:   a code that is not six digits, an empty name, a telephone without digits.
 * Publishes: municipality_changed, when something changed.
 * Repeats:   the same PUT again changes and announces nothing.
 */
#include "ids.h"
#include "office_store.h"
#include "put_rules.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "text_same.h"

static int store (struct request *request, const struct municipality_put *put, const char *subject, bool is_new, struct error *err)
{
    struct municipality_changed event = { .municipality_id = subject, .code = put->code, .name = put->name };

    if (office_store_put_municipality (request->db, put, subject, is_new, err) < 0)
        return -1;
    return announce (request, &municipality_changed_message, &event, put->code, err);
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
    if (session_must_be_open (request, err) < 0 || municipality_check (&put, request->arena, err) < 0)
        return -1;
    uuid_from_name ("municipality", put.code, subject);
    if (subject_lock (request->db, request->arena, subject, &version, err) < 0
        || office_store_municipality (request->db, put.code, request->arena, &found, &in_region, &old, err) < 0)
        return -1;
    if (found && in_region && !municipality_changes (&old, &put))
        return 0;
    return store (request, &put, arena_text (request->arena, subject), !found, err);
}
