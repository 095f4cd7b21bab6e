/* answer_office_seats.c - seats of an office's people, counted: what has to be handed over when somebody leaves, and what is vacant (E-26).
 *
 * Takes:      office_seats
 * Refuses:    not_for_you  no such office, or not the own one (manager), or not of the own municipality (officer)
 * Publishes:  nothing; counts and staff only, no patient: no ledger row is due
 * Repeats:    reads only
 */
#include "hand_on_store.h"
#include "team.h"

static bool may_count (const struct actor *actor, const char *office_id, const char *place)
{
    if (!place || !actor->municipality)
        return false;
    if (actor_is (actor, ROLE_OPERATOR) || actor_is (actor, ROLE_ADMINISTRATOR))
        return true;
    if (actor_is (actor, ROLE_MUNICIPAL_OFFICER) && strcmp (actor->municipality, place) == 0)
        return true;
    return actor_is (actor, ROLE_SERVICE_MANAGER) && strcmp (actor->office_id, office_id) == 0;
}

static struct enum_list seats_for (uint64_t roles, struct arena *arena)
{
    int *items = arena_alloc (arena, TEAM_SEAT_OTHER * sizeof *items);
    size_t count = 0;

    for (int seat = TEAM_SEAT_ATTENDING_DOCTOR; seat <= TEAM_SEAT_OTHER; seat++)
        if (team_role_for ((enum team_seat) seat, roles))
            items[count++] = seat;
    return (struct enum_list) { items, count };
}

int sharing_handle_office_seats (struct sharing *self, struct request *request, const struct office_seats *message,
                                 struct office_seats_answer *answer, struct error *err)
{
    struct seat_fit *people;
    const char *place;
    uint64_t *roles;

    (void) self;
    if (hand_on_store_place (request->db, message->office_id, request->arena, &place, err) < 0)
        return -1;
    if (!may_count (request->actor, message->office_id, place))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not an office the actor looks after");
    if (hand_on_store_count (request->db, message->office_id, request->arena, &answer->seats, err) < 0
        || hand_on_store_people (request->db, message->office_id, request->arena, &answer->fits, &roles, err) < 0)
        return -1;
    people = (struct seat_fit *) answer->fits.items;
    for (size_t i = 0; i < answer->fits.count; i++)
        people[i].seats = seats_for (roles[i], request->arena);
    return 0;
}
