/* membership_put: lets a person work in an office with certain roles; also takes somebody back who had left.
 *
 * Takes:     person, office, roles.
 * Refuses:   office_not_open, role_not_approved to a manager; not_for_you for an unknown person or office, another municipality's office, or a role that only the region gives;
 *            not_for_role when it would take the region's last operator or administrator away.
 * Publishes: membership_changed, when something changed.  Open sessions there lock when idle, or not, as the new roles say (S-07).
 * Repeats:   the same PUT again changes and announces nothing.
 */
#include "care_store.h"
#include "people.h"
#include "put_rules.h"
#include "registry.h"
#include "registry_routes.h"
#include "session_rules.h"
#include "session_store.h"
#include "sessions.h"

static int find_both (struct request *request, const struct membership_put *message, struct office_care *office, struct person_put *person,
                      struct error *err)
{
    bool has_office, has_person;

    if (care_store_office (request->db, message->office_id, request->arena, &has_office, office, err) < 0
        || people_store_person (request->db, message->person_id, request->arena, &has_person, person, err) < 0)
        return -1;
    return has_office && has_person ? 0 : fail (err, ERROR_NOT_FOR_YOU, has_office ? "/person_id" : "/office_id", "not there");
}

static int store (const struct registry *self, struct request *request, const struct membership *membership, bool is_new, const char *name,
                  struct error *err)
{
    bool desk = is_desk (names_of_roles (request->arena, membership->roles));

    if (people_store_put_membership (request->db, membership, is_new, request->arena, request->now, err) < 0
        || (!is_new && session_store_set_idle (request->db, membership->person_id, membership->office_id, desk, self->idle_minutes * 60,
                                               err) < 0))
        return -1;
    return announce_membership (request, membership, name, err);
}

int registry_handle_membership_put (struct registry *self, struct request *request, const struct membership_put *message,
                                    struct done *answer, struct error *err)
{
    struct membership old, next = { .person_id = message->person_id, .office_id = message->office_id };
    struct office_care office;
    struct person_put person;
    int64_t version;
    bool found;

    (void) answer;
    if (session_must_be_open (request, err) < 0 || roles_check (message->roles, request->arena, &next.roles, err) < 0
        || find_both (request, message, &office, &person, err) < 0
        || may_place (request->actor, &office, next.roles, err) < 0)
        return -1;
    next.municipality = office.municipality;
    next.membership_id = membership_id_of (request->arena, next.person_id, next.office_id);
    if (subject_lock (request->db, request->arena, next.membership_id, &version, err) < 0
        || people_store_membership (request->db, next.membership_id, request->arena, &found, &old, err) < 0)
        return -1;
    if (found && may_place (request->actor, &office, old.roles, err) < 0)
        return -1;                      /* nor may an officer or manager take such a role away */
    if (found && !old.ended && runs_region (old.roles) && !runs_region (next.roles) && region_keeps_somebody (request, &old, err) < 0)
        return -1;
    if (found && !old.ended && roles_same (old.roles, next.roles))
        return 0;
    return store (self, request, &next, !found, person.name, err);
}
