/* alert_hand.h - what the small commands about a taken alert share: who may do what. */
#ifndef NOTIFY_ALERT_HAND_H
#define NOTIFY_ALERT_HAND_H

#include "alert_steps.h"

/* The alert, locked; refuses not_for_you, already_ended, and not_accepted_yet when `taken`. */
int hand_get (struct request *request, const char *alert_id, bool taken, struct alert_row *ret, struct error *err);
/* The actor's name as it stands in the course. */
int hand_name (struct request *request, const struct alert_row *alert, const char **ret, struct error *err);

/* Somebody is there, or looks after the person: nothing is overdue any more.  The caller has set when; words: for those informed. */
int hand_stop_clock (struct act *act, struct alert_row *alert, enum timeline_kind kind, const char *words, struct error *err);

/* The same with a line of the course made by somebody who has no account here: the crew. */
int hand_stop_by (struct act *act, struct alert_row *alert, const struct timeline_entry *line, const char *words, struct error *err);

bool is_holder (const struct alert_row *alert, const struct actor *actor);
/* Holder, a doctor or nurse who sees it, the last resort: who can know that somebody is there. */
bool may_say_arrived (const struct alert_row *alert, const struct actor *actor);
/* Who hears answers on the telephone: the reporter, his office, on-call staff, and proxies of the clinic whose doctor was asked. */
bool may_record (const struct alert_row *alert, const struct try_rows *tries, const struct actor *actor);
bool may_raise (const struct alert_row *alert, const struct standing_to *standing, const struct actor *actor);
/* Of the hospital's own people, or whoever asked it and hears the answer on the telephone. */
bool may_answer_hospital (const struct alert_row *alert, const struct try_rows *tries, const struct actor *actor);

#endif
