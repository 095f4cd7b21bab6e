/* office_people: who works in an office, as what, and whether they can log in.
 *
 * Takes:     the office.
 * Refuses:   session_locked; not_for_you: no such office, or one of another municipality, or not the own one of its manager.
 * Publishes: nothing.  Staff, no patient: no ledger row is due.  Addresses go only to who may change the person.
 * Repeats:   reads only.
 */
#include "registry_routes.h"
#include "sessions.h"
#include "staff_list_store.h"

/* A manager sees the people of the own office; the rest is as for changing them. */
static int decide (const struct actor *actor, const struct office_line *office, struct error *err)
{
    if (!office)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such office");
    return may_end_membership (actor, office->municipality, office->office_id, err);
}

int registry_handle_office_people (struct registry *self, struct request *request, const struct office_people *message,
                                   struct office_people_answer *answer, struct error *err)
{
    struct office_line *office;
    struct office_person *people;
    struct standing *standings;
    struct error why = { 0 };

    (void) self;
    if (session_must_be_open (request, err) < 0
        || staff_list_office (request->db, message->office_id, request->arena, &office, err) < 0
        || decide (request->actor, office, err) < 0
        || staff_list_people (request->db, message->office_id, request->arena, &answer->people, &standings, err) < 0)
        return -1;
    answer->office = office;
    people = (struct office_person *) answer->people.items;
    for (size_t i = 0; i < answer->people.count; i++) {
        people[i].may_change = may_change_person (request->actor, &standings[i], &why) == 0;
        if (!people[i].may_change)
            people[i].email = people[i].phone = NULL;
    }
    return 0;
}
