/* office_approve: a municipality approves an office that has pledged; its manager gives accounts from then on (E-27).
 *
 * Takes:     the office, yes or no, what its people may be.
 * Refuses:   not_for_you for another municipality's office; not_pledged; field_missing without a role; not_for_role for a role that the
 *            region or the municipality gives.
 * Publishes: nothing; every decision is kept.
 * Repeats:   the same decision again changes nothing.
 */
#include "care_store.h"
#include "people.h"
#include "put_rules.h"
#include "registry_routes.h"
#include "sessions.h"

static int check (const struct office_approve *message, const struct office_standing *standing, struct arena *arena, struct enum_list *ret,
                  struct error *err)
{
    *ret = (struct enum_list) { 0 };
    if (!message->approved)
        return 0;
    if (!standing->pledged_at)
        return fail (err, ERROR_NOT_PLEDGED, NULL, "the office has not pledged");
    if (roles_check (message->roles, arena, ret, err) < 0)
        return -1;
    for (size_t i = 0; i < ret->count; i++)
        if (!manager_may_give ((enum role) ret->items[i]))
            return fail (err, ERROR_NOT_FOR_ROLE, "/roles", "a role that no manager gives");
    return 0;
}

int registry_handle_office_approve (struct registry *self, struct request *request, const struct office_approve *message,
                                    struct done *answer, struct error *err)
{
    struct office_standing *standing;
    struct office_care care;
    struct enum_list roles;
    int64_t version;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0
        || subject_lock (request->db, request->arena, message->office_id, &version, err) < 0
        || office_care_of (request, message->office_id, &care, err) < 0
        || may_change_office (request->actor, care.municipality, err) < 0
        || care_store_standing (request->db, message->office_id, request->now, request->arena, &standing, err) < 0
        || check (message, standing, request->arena, &roles, err) < 0)
        return -1;
    if (message->approved == (standing->approved_at != 0) && roles_same (standing->roles, roles))
        return 0;
    return care_store_approve (request->db, &care, message->approved, names_of_roles (request->arena, roles), request->actor->person_id,
                               request->now, request->arena, err);
}
