/* session_now: who am I, for which office, with which roles?  Also answered while the session is locked, so that the page can say so; then
 * without roles and other offices.
 *
 * Takes:     nothing.
 * Refuses:   log_in_first without a session.
 * Publishes: nothing; shows only the asker's own data: no ledger row is due.
 * Repeats:   reads only.
 */
#include "care_store.h"
#include "clock.h"
#include "mandate_store.h"
#include "people_store.h"
#include "registry.h"
#include "registry_routes.h"
#include "session_store.h"

static const struct membership_view no_views[1];
static const int no_roles[1];

/* The roles of the present office, from the list of all. */
static struct enum_list roles_here (const struct membership_view_list *list, const char *office_id)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp (list->items[i].office_id, office_id) == 0)
            return list->items[i].roles;
    return (struct enum_list) { no_roles, 0 };
}

static void fill (const struct registry *self, const struct session_facts *facts, struct session_now_answer *answer)
{
    bool is_region = strcmp (facts->municipality, REGION_CODE) == 0;
    const char *desk_phone = facts->desk_phone ? facts->desk_phone : self->desk_phone;

    answer->name = facts->name;
    answer->office_id = facts->office_id;
    answer->office = facts->office;
    answer->municipality = facts->municipality;
    answer->municipality_name = is_region || !facts->municipality_name ? self->region_name : facts->municipality_name;
    answer->idle_minutes = facts->locks_idle ? facts->idle_seconds / 60 : self->session_hours * 60;
    answer->has_passkey = facts->has_passkey;
    answer->region = self->region_name;
    answer->desk_phone = desk_phone && *desk_phone ? desk_phone : NULL;
}

static const char *today_of (struct request *request)
{
    char *today = arena_alloc (request->arena, 11);

    day_number_text (tokyo_of (request->now).day_number, today);
    return today;
}

int registry_handle_session_now (struct registry *self, struct request *request, const struct session_now *message,
                                 struct session_now_answer *answer, struct error *err)
{
    const struct actor *actor = request->actor;
    struct session_facts facts;
    int64_t left;
    bool found;

    (void) message;
    if (!actor->session_id)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "no session");
    if (session_store_facts (request->db, actor->session_id, request->arena, &found, &facts, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "the session has ended");
    fill (self, &facts, answer);
    answer->session_id = actor->session_id;
    answer->person_id = actor->person_id;
    answer->strength = (enum session_strength) actor->strength;
    if (actor->strength == SESSION_STRENGTH_LOCKED) {
        answer->memberships = (struct membership_view_list) { no_views, 0 };
        answer->roles = (struct enum_list) { no_roles, 0 };
        return 0;
    }
    if (care_store_course (request->db, actor->person_id, &left, err) < 0)
        return -1;
    answer->has_course_due = true;
    answer->course_due = left > 0;
    if (people_store_own_memberships (request->db, actor->person_id, request->arena, &answer->memberships, err) < 0
        || mandate_store_of_person (request, actor->person_id, today_of (request), &answer->mandates, err) < 0)
        return -1;
    answer->roles = roles_here (&answer->memberships, facts.office_id);
    return 0;
}
