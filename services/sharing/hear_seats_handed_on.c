/* hear_seats_handed_on.c - registry: who leaves an office hands the seats to colleagues there (E-26).
 *
 * Effect: every seat of a kind somebody takes over, whose role there fits it, goes to that colleague in one transaction, also one left
 * vacant before; access and care_team_changed follow for each patient.  What nobody takes over ends with the membership, which is told
 * next, and stays marked as vacant.
 */
#include "hand_on_store.h"
#include "leaving.h"
#include "refresh.h"
#include "team.h"

/* Of this kind, else of every kind. */
static const char *successor_for (const struct seats_handed_on *event, enum team_seat seat)
{
    const char *general = NULL;

    for (size_t i = 0; i < event->successors.count; i++) {
        const struct seat_successor *one = &event->successors.items[i];

        if (one->seat == seat)
            return one->person_id;
        if (!one->seat)
            general = one->person_id;
    }
    return general;
}

static int hand_on (struct hearing *hearing, const struct seats_handed_on *event, enum team_seat seat, struct error *err)
{
    struct hand_on move = { .person_id = event->person_id, .office_id = event->office_id, .successor = successor_for (event, seat),
                            .by = event->by, .seat = seat, .once = team_seat_exists_once (seat), .now = hearing->now };
    struct patient_key_list patients;
    uint64_t roles;

    if (!move.successor || strcmp (move.successor, event->person_id) == 0)
        return 0;
    if (team_store_roles (hearing->db, move.successor, event->office_id, &roles, err) < 0)
        return -1;
    move.role = team_role_for (seat, roles);
    if (!move.role)
        return 0;                       /* left the office meanwhile, or never fitted: the seat stays with the leaver and falls vacant */
    if (hand_on_store_move (hearing->db, &move, hearing->arena, &patients, err) < 0 || refresh_all (hearing->db, &patients, err) < 0)
        return -1;
    return announce_teams (hearing, &patients, err);
}

int sharing_hear_seats_handed_on (struct sharing *self, struct hearing *hearing, const struct seats_handed_on *event, struct error *err)
{
    (void) self;
    for (int seat = TEAM_SEAT_ATTENDING_DOCTOR; seat <= TEAM_SEAT_OTHER; seat++)
        if (hand_on (hearing, event, (enum team_seat) seat, err) < 0)
            return -1;
    return 0;
}
