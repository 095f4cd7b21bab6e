/* duty_rules.h - closures and overrides: what they must look like, and who may set them.  Pure. */
#ifndef NOTIFY_DUTY_RULES_H
#define NOTIFY_DUTY_RULES_H

#include "messages.h"
#include "service.h"

enum { CLOSURE_MOST_DAYS = 31, OVERRIDE_MOST_DAYS = 92 };

int closure_check (const struct closure_put *command, struct error *err);
/* A municipality's: who sets rotations there, and its officers; an office's: its own people and the rota office. */
int closure_decide (const struct actor *actor, const char *municipality, const char *office_id, struct error *err);

int override_check (const struct override_add *command, int64_t now, struct error *err);

/* What is known of an override. */
struct override_facts {
    const char *area;                               /* the rotation's; NULL: wherever asked */
    const char *remove_id, *add_id;
    bool removes_own;                               /* the actor, or somebody of the actor's office */
    bool same_office;                               /* who leaves and who comes work in one office */
};
/* The rota office of that municipality sets any; a doctor or a clinic's proxy gives own shifts to a colleague of the same office; wherever a
 * person is asked, only such a colleague may stand in: the patients have consented to nobody else. */
int override_decide (const struct actor *actor, const struct override_facts *facts, struct error *err);

/* The rota office, administrators, operators: may change anybody's duty there. */
bool duty_coordinates (const struct actor *actor, const char *area);

#endif
