/* staff_rules.h - who may change offices, people, memberships and accounts: pure, no I/O.
 *
 * Operators and administrators act for the region.  A municipal officer acts for the own municipality only (agreements open records, not
 * administration), and never on people who also work elsewhere or who run the region: that would be a way to take over their account.
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
};

bool acts_for_region (const struct actor *actor);
bool runs_region (struct enum_list roles);              /* operator or administrator among them */

/* Each: 0, or -1 with ERROR_NOT_FOR_YOU (unknown and forbidden look alike). */
int may_change_office (const struct actor *actor, const char *municipality, struct error *err);
int may_change_person (const struct actor *actor, const struct standing *standing, struct error *err);
int may_end_membership (const struct actor *actor, const char *municipality, const char *office_id, struct error *err);

/* Somebody else's session: an office's manager and the administrator, of the people of the office they act for. */
int may_end_session (const struct actor *actor, bool works_in_own_office, struct error *err);

/* Region-wide roles are given by those who act for the region. */
int may_grant (const struct actor *actor, const char *municipality, struct enum_list roles, struct error *err);

#endif
