/* agreement_put: records an agreement between two municipalities on sharing, changes its terms or ends it (last day) (KU-08).
 *
 * Takes:     who gives, who receives, which kinds of data (none named: people's records), to which professions (none named: all), first and
 *            last day.
 * Refuses:   municipalities that are not of the region or the same, days reversed, other municipalities than before under the same id, kinds
 *            and professions nobody knows.
 * Publishes: agreement_changed, when something changed; the job that says what ends soon runs at once.
 * Repeats:   the same PUT again changes and announces nothing.
 */
#include "agreement_store.h"
#include "office_store.h"
#include "put_rules.h"
#include "registry_routes.h"
#include "sessions.h"
#include "text_same.h"

static int check_municipality (struct request *request, const char *code, const char *pointer, struct error *err)
{
    struct municipality_put municipality;
    bool found, in_region;

    if (office_store_municipality (request->db, code, request->arena, &found, &in_region, &municipality, err) < 0)
        return -1;
    return found && in_region ? 0 : fail (err, ERROR_FIELD_UNKNOWN_CHOICE, pointer, "not of the region");
}

static int store (struct request *request, const struct agreement_put *put, bool is_new, struct error *err)
{
    struct agreement_changed event = { .agreement_id = put->agreement_id, .giving = put->giving, .receiving = put->receiving,
                                       .from = put->from, .to = put->to, .kinds = put->kinds, .professions = put->professions };

    if (agreement_store_put (request, put, is_new, err) < 0)
        return -1;
    poke_after_commit (request->batch, "agreement_warnings");
    return announce (request, &agreement_changed_message, &event, NULL, err);
}

int registry_handle_agreement_put (struct registry *self, struct request *request, const struct agreement_put *message, struct done *answer,
                                   struct error *err)
{
    struct agreement_put old, put = *message;
    int64_t version;
    bool found;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || agreement_check (&put, request->arena, err) < 0
        || check_municipality (request, message->giving, "/giving", err) < 0
        || check_municipality (request, message->receiving, "/receiving", err) < 0
        || subject_lock (request->db, request->arena, message->agreement_id, &version, err) < 0
        || agreement_store_find (request, message->agreement_id, &found, &old, err) < 0)
        return -1;
    if (found && !(text_same (old.giving, message->giving) && text_same (old.receiving, message->receiving)))
        return fail (err, ERROR_ALREADY_THERE, "/giving", "another agreement has this id");
    if (found && !agreement_changes (&old, &put))
        return 0;
    return store (request, &put, !found, err);
}
