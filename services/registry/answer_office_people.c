/* office_people: who works in an office, as what, and whether they can log in.
 *
 * Takes:     the office.
 * Refuses:   session_locked; not_for_you: no such office, or one of another municipality, or not the own one of its manager.
 * Publishes: nothing.  Staff, no patient: no ledger row is due.  Addresses go only to who may change the person.
 * Repeats:   reads only.
 */
#include "care_store.h"
#include "people.h"
#include "registry_routes.h"
#include "sessions.h"
#include "shared_store.h"
#include "staff_list_store.h"

/* A manager sees the people of the own office and of those in its keeping; the rest is as for changing them. */
static int decide (struct request *request, const char *office_id, struct error *err)
{
    struct office_care care;

    if (office_care_of (request, office_id, &care, err) < 0)
        return -1;
    return may_look_after (request->actor, &care, err);
}

int registry_handle_office_people (struct registry *self, struct request *request, const struct office_people *message,
                                   struct office_people_answer *answer, struct error *err)
{
    struct office_standing *standing;
    struct office_line *office;
    struct office_person *people;
    struct standing *standings;
    struct error why = { 0 };

    (void) self;
    if (session_must_be_open (request, err) < 0
        || decide (request, message->office_id, err) < 0
        || staff_list_office (request->db, message->office_id, request->arena, &office, err) < 0
        || staff_list_people (request->db, message->office_id, request->now, request->arena, &answer->people, &standings, err) < 0
        || care_store_standing (request->db, message->office_id, request->now, request->arena, &standing, err) < 0
        || shared_store_signs (request->db, message->office_id, request->now, request->arena, &answer->shared, err) < 0)
        return -1;
    answer->office = office;
    answer->standing = standing;
    people = (struct office_person *) answer->people.items;
    for (size_t i = 0; i < answer->people.count; i++) {
        people[i].may_change = may_change_person (request->actor, &standings[i], &why) == 0;
        if (!people[i].may_change)
            people[i].email = people[i].phone = NULL;
    }
    return 0;
}
