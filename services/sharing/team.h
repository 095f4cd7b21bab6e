/* team.h - rules of the care team: who fits which seat, which seats exist once, who is told of a change.
 *
 * Limits: 60 seats a person.  No I/O.  Source: domain.md E-01; design §6.
 */
#ifndef SHARING_TEAM_H
#define SHARING_TEAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "error.h"
#include "messages.h"

/* The role in which somebody with these roles sits there; 0 when none fits. */
enum role team_role_for (enum team_seat seat, uint64_t roles);
bool team_seat_exists_once (enum team_seat seat);

/* Whether a seat may be given.  roles: those of the person's active membership in that office, 0 without one. */
int team_decide_add (const struct team_member *team, size_t count, const struct team_member_add *change, uint64_t roles,
                     enum role *ret_role, struct error *err);

/* The team without (leaving != NULL) or with (joining != NULL) one seat, as other services keep it. */
void team_summary (const struct team_member *team, size_t count, const char *leaving, const struct team_member_add *joining,
                   struct arena *arena, struct care_team_changed *ret);

#endif
