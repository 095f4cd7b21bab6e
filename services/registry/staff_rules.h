/* staff_rules.h - who may change offices, people, memberships and accounts: pure, no I/O.
 *
 * Operators and administrators act for the region.  A municipal officer acts for the own municipality only (agreements open records, not
 * administration), and never on people who also work elsewhere or who run the region: that would be a way to take over their account.
 *
 * A manager looks after the people of the own office, and of offices in its keeping (a medical association's members, a support centre's), and
 * of nobody else (E-41): puts them on the list and takes them off, and gives accounts once the office has pledged and its municipality has
 * approved it – in the roles that were approved (E-27).
 */
#ifndef STAFF_RULES_H
#define STAFF_RULES_H

#include <stdbool.h>
#include "codec.h"
#include "error.h"
#include "service.h"

struct standing {
    struct text_list municipalities;    /* where the person works now, everywhere */
    bool runs_region;                   /* is operator or administrator somewhere */
    bool inside, outside;               /* works in an office the asker manages; in another one */
    bool unplaced;                      /* nowhere so far, and without an account */
    bool staffs;                        /* the asker manages an open office */
};

/* An office and who looks after its people. */
struct office_care {
    const char *office_id, *municipality, *keeper_id;   /* keeper_id NULL: none */
    bool managed;                       /* the asker manages it */
    bool open;                          /* pledged and approved */
    struct enum_list roles;             /* approved; empty: none */
};

bool acts_for_region (const struct actor *actor);
bool runs_region (struct enum_list roles);              /* operator or administrator among them */

/* Each: 0, or -1 with ERROR_NOT_FOR_YOU (unknown and forbidden look alike). */
int may_change_office (const struct actor *actor, const char *municipality, struct error *err);
int may_change_person (const struct actor *actor, const struct standing *standing, struct error *err);
int may_look_after (const struct actor *actor, const struct office_care *care, struct error *err);

/* Somebody else's session: an office's manager and the administrator, of the people of the office they act for. */
int may_end_session (const struct actor *actor, bool works_in_own_office, struct error *err);

/* Region-wide roles are given by those who act for the region. */
int may_grant (const struct actor *actor, const char *municipality, struct enum_list roles, struct error *err);

/* As may_grant; a manager only what was approved, or what is a manager's.  office_not_open before the approval; role_not_approved. */
int may_place (const struct actor *actor, const struct office_care *care, struct enum_list roles, struct error *err);
bool manager_may_give (enum role role);                 /* no role of the region, the municipality, fire service or the last resort */

#endif
