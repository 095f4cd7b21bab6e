/* report_rules.h - who may report a sudden change, and how its time is kept. */
#ifndef NOTIFY_REPORT_RULES_H
#define NOTIFY_REPORT_RULES_H

#include "alert_store.h"

/* Team members, colleagues from an office of the team, and the municipality's last resort; everybody else is told nothing. */
int report_decide (const struct standing_to *standing, const struct actor *actor, struct error *err);
/* Alerts are not switched on without a last resort.  Asked before anything is written. */
int report_check_desk (struct request *request, const char *municipality, struct error *err);
/* The sender's own time; never after it was received. */
int64_t report_observed_at (int64_t observed_at, int64_t now);
/* "12分前の報告（通信遅れ）"; NULL when it came at once. */
const char *report_late_words (struct arena *arena, int64_t observed_at, int64_t received_at);

#endif
