/* alert_reach.h - the telephone that rings when somebody is asked, as it stands at this moment: an office's with its hours; a person's own
 * rings by itself, and who has none is rung at the office. */
#ifndef NOTIFY_ALERT_REACH_H
#define NOTIFY_ALERT_REACH_H

#include "act.h"
#include "alert_store.h"

/* An order that was just found knows it (answerer.settled).  office_id: whose people may answer there.  number NULL: none rings.  The last resort and a hospital keep the number they were asked by. */
struct ringing { const char *number, *office_id; };
int alert_ringing (struct act *act, const struct alert_row *alert, const struct answerer *entry, struct ringing *ret, struct error *err);

#endif
