/* alert_steps.h - asking: the one place where people are asked, told and called, for the report and for the engine alike.
 *
 * All in the caller's transaction; bells ring after commit.  The caller has taken alert_turn () and, but for a new alert, locked the row.
 */
#ifndef NOTIFY_ALERT_STEPS_H
#define NOTIFY_ALERT_STEPS_H

#include "act.h"
#include "alert_store.h"
#include "delivery_store.h"

/* TOLD_POSITION: of who has no telephone and was told in the application only; steps count from 1. */
enum { ASKED_ACCESS_SECONDS = 72 * 3600, TOLD_POSITION = 0 };

/* Finds the order anew and asks whoever is next; when nobody is left, everybody without an answer again, after three rounds only the last
 * resort, told that nobody was reached.  Sets step and next action.  input: NULL: loaded here. */
int alert_ask_next (struct act *act, struct alert_row *alert, const struct resolver_input *input, struct error *err);
/* The same, but who has duty now is called although he was asked before. */
int alert_ask_afresh (struct act *act, struct alert_row *alert, struct error *err);
/* Without looking for an order: when finding it fails, a person must hear of the alert all the same. */
int alert_ask_desk (struct act *act, struct alert_row *alert, struct error *err);
/* One more entry is asked beside what runs: a hospital, or whoever is offered the alert.  position is the caller's. */
int alert_ask_entry (struct act *act, struct alert_row *alert, const struct answerer *entry, struct error *err);
/* Somebody who stands in the list is called once more. */
int alert_call_again (struct act *act, const struct alert_row *alert, const struct try_row *row, const char *words, struct error *err);
/* Nobody is asked before `at`; the plan is written. */
int alert_plan_for (struct act *act, struct alert_row *alert, const struct resolver_input *input, int64_t at, struct error *err);

/* Finds the order anew without asking anybody (somebody became absent, a rotation changed). */
int alert_plan_again (struct act *act, struct alert_row *alert, struct error *err);

/* One notice to everybody who takes part, but the actor and `but`. */
int alert_tell (struct act *act, const struct alert_row *alert, enum feed_kind kind, struct text_list but, int64_t *ret_count,
                struct error *err);

/* E-mail to whoever is only informed, and a signed webhook to each subscriber of the municipality. */
int alert_tell_outside (struct act *act, const struct alert_row *alert, struct error *err);

#endif
