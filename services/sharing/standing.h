/* standing.h - how somebody stands to a patient: on which ground the record is open, and whether it may be changed.
 *
 * The database lets an office see a patient only with an access row in force (schema/0003_access.sql).  These rules ask more: a role that
 * sees patients at all, and a seat of one's own unless the ground is the recorder's office, a night on duty or the last resort, or the
 * person's designated hospital, where the liaison and the night desk read without one.
 * Unknown and forbidden are refused in the same words (not_for_you), so that nobody can probe who is in the programme.
 * No I/O.  Source: design §6; security-and-reliability.md S-20, S-23.
 */
#ifndef SHARING_STANDING_H
#define SHARING_STANDING_H

#include <stdbool.h>
#include <stdint.h>
#include "error.h"
#include "messages.h"

/* Numbers stand in table access. */
enum ground { GROUND_NONE, GROUND_RECORDER, GROUND_CARE_TEAM, GROUND_DUTY, GROUND_LAST_RESORT, GROUND_HOSPITAL };

struct standing {
    bool found;                 /* the patient exists and is open to the actor's office */
    unsigned grounds;           /* bit (1 << ground): access rows in force for that office */
    bool seat;                  /* the actor holds a seat for that office */
    uint64_t roles;             /* bit (role - 1) */
};

#define ROLE_BIT(role) (1ull << ((role) - 1))

bool roles_see_patients (uint64_t roles);           /* officers, administrators, operators, prefecture: never */
bool roles_sit_in_teams (uint64_t roles);           /* group `team` of role.type */
enum role roles_first (uint64_t roles);             /* the role a change is signed with; 0 when none sees patients */

enum ground standing_ground (const struct standing *standing);     /* GROUND_NONE: not for this actor */
const char *ground_name (enum ground ground);       /* "care_team" */
bool standing_may_edit (const struct standing *standing);          /* by seat or as the recorder's office; never by duty */

int standing_check_read (const struct standing *standing, struct error *err);
int standing_check_edit (const struct standing *standing, struct error *err);

#endif
