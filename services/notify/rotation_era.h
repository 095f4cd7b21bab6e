/* rotation_era.h - what a new rule of a rotation means for the turns: from when on it holds, and who is then on turn.  Pure.
 *
 * A change of the members alone keeps who has the turn now and takes effect with the next handover; any other change takes effect at once, or
 * when its anchor begins.  What was before stays as it was.
 */
#ifndef NOTIFY_ROTATION_ERA_H
#define NOTIFY_ROTATION_ERA_H

#include "rotation.h"

struct rotation_era {
    int64_t since;                                  /* 0: from its anchor on */
    int offset;
    bool keeps_past;                                /* the rule in force becomes a past one, until `since` */
    bool moves_past;                                /* the rule in force is a past one already (what replaces it has not begun): until `since` */
};

/* stored: as it stands, with the rule before it when that one is still in force.  NULL: a new rotation. */
struct rotation_era rotation_era_of (const struct rotation_rule *stored, const struct rotation_rule *wanted, int64_t now);

struct rotation_rule rotation_rule_of (const struct rotation_put *command);

#endif
