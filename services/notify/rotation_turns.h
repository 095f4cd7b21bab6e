/* rotation_turns.h - counting turns; rotation.h says what a turn is.  Pure; day numbers and µs as there. */
#ifndef NOTIFY_ROTATION_TURNS_H
#define NOTIFY_ROTATION_TURNS_H

#include "rotation.h"

int64_t turn_day (const struct rotation_rule *rule, int64_t turn);             /* the day on which this turn begins; the anchor's is 0 */
int64_t turn_of_day (const struct rotation_rule *rule, int64_t day);           /* the last turn that begins on or before it; day >= anchor */
int64_t turn_of_instant (const struct rotation_rule *rule, int64_t instant);   /* by the clock of the handover */
int64_t turn_start (const struct rotation_rule *rule, int64_t turn);           /* by the clock of the handover */

/* Counting only days, weeks or months that hold a covered day: the number of the turn of a covered day. */
int64_t turn_when_active (const struct rotation_rule *rule, int64_t day);

#endif
