/* roster_rules.h - what a rotation, a chain and an absence must look like, and who may set them.  Pure. */
#ifndef NOTIFY_ROSTER_RULES_H
#define NOTIFY_ROSTER_RULES_H

#include "alert_store.h"
#include "rotation.h"
#include "service.h"

int rotation_check (const struct rotation_put *command, struct error *err);
/* Nobody enters a rotation with one authenticator only, because who loses the telephone must still get in (practice 02): second_authenticator.
 * stored: as it stands, NULL when new; whoever is in it stays.  lacking: people with fewer than two. */
int rotation_check_entering (const struct rotation_put *command, const struct rotation_rule *stored, struct text_list lacking,
                             struct error *err);
int chain_check (const struct chain_put *command, struct error *err);
int absence_check (const struct absence_add *command, struct error *err);

/* Rotations and desks: administrators and operators anywhere, others for their own municipality. */
int roster_decide (const struct actor *actor, const char *municipality, struct error *err);
/* Chains: the person's team, and operators setting a region up. */
int chain_decide (const struct actor *actor, const struct standing_to *standing, struct error *err);
/* Absences: one's own; those of people of the own office; the rota office, administrators and operators anybody's. */
int absence_decide (const struct actor *actor, const char *person_id, bool shares_office, struct error *err);

#endif
