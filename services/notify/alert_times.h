/* alert_times.h - what happens while somebody holds an alert: overdue, a hospital without answer, the end of the holder's shift. */
#ifndef NOTIFY_ALERT_TIMES_H
#define NOTIFY_ALERT_TIMES_H

#include "alert_steps.h"

/* The engine: one of the times of a taken alert has come. */
int alert_time_came (struct act *act, struct alert_row *alert, struct error *err);

/* Offers a taken alert: a new entry of the list, called like any other; the holder stays responsible. */
int alert_offer (struct act *act, struct alert_row *alert, const struct answerer *entry, struct error *err);

#endif
