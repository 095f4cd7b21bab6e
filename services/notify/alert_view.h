/* alert_view.h - an alert as its reader sees it, with the ledger row of having shown it. */
#ifndef NOTIFY_ALERT_VIEW_H
#define NOTIFY_ALERT_VIEW_H

#include "alert_states.h"
#include "alert_store.h"

struct alert_line alert_line_of (const struct alert_row *alert, bool waits);

/* Reads tries and course; writes the disclosure ledger. */
int alert_view_fill (struct request *request, const struct alert_row *alert, struct alert_view *answer, struct error *err);
/* The same after a change in this transaction. */
int alert_view_again (struct request *request, const char *alert_id, struct alert_view *answer, struct error *err);

/* The entry the acting person answers for: asked in person first, then for the office; NULL: none. */
const struct try_row *own_try (const struct try_rows *tries, const struct actor *actor);

/* Reporter, holder, care manager and doctors of the team may end an alert. */
bool may_end (const struct alert_row *alert, const struct standing_to *standing, const struct actor *actor);

#endif
