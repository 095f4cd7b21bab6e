/* staff_leave: a person leaves an office, and colleagues take over the seats in care teams in the same step (E-26).
 *
 * Takes:     office, person, who takes over which kind of seat (or all); nobody: the seats stay vacant.
 * Refuses:   as membership_end; not_a_colleague: a successor who does not work there now, or the leaver.
 * Publishes: seats_handed_on, before membership_changed without roles, so that sharing moves the seats before it ends the rest; rings
 *            "session" for every session that ended.
 * Repeats:   hands over what is still vacant, to whoever is named now; nothing ends twice.
 */
#include "leaving.h"
#include "registry_routes.h"

static int check_one (struct request *request, const struct membership *leaver, size_t i, const char *person_id, struct error *err)
{
    struct membership successor;
    bool found;

    if (people_store_membership (request->db, membership_id_of (request->arena, person_id, leaver->office_id), request->arena, &found,
                                 &successor, err) < 0)
        return -1;
    if (found && !successor.ended && strcmp (person_id, leaver->person_id) != 0)
        return 0;
    return fail (err, ERROR_NOT_A_COLLEAGUE, arena_print (request->arena, "/successors/%zu/person_id", i), "does not work there");
}

static int hand_on (struct request *request, const struct membership *leaver, const struct seat_successor_list *successors,
                    struct error *err)
{
    const struct seats_handed_on event = { .membership_id = leaver->membership_id, .person_id = leaver->person_id,
                                           .office_id = leaver->office_id, .successors = *successors, .by = request->actor->person_id };

    return successors->count == 0 ? 0 : announce (request, &seats_handed_on_message, &event, leaver->municipality, err);
}

int registry_handle_staff_leave (struct registry *self, struct request *request, const struct staff_leave *message, struct done *answer,
                                 struct error *err)
{
    struct membership leaver;
    const char *name;

    (void) self;
    (void) answer;
    if (leaving_find (request, message->person_id, message->office_id, &leaver, &name, err) < 0)
        return -1;
    for (size_t i = 0; i < message->successors.count; i++)
        if (check_one (request, &leaver, i, message->successors.items[i].person_id, err) < 0)
            return -1;
    if (hand_on (request, &leaver, &message->successors, err) < 0)
        return -1;
    return leaver.ended ? 0 : leaving_end (request, &leaver, name, err);
}
