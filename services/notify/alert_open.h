/* alert_open.h - an alert begins: out of a report, an incident, or the machine's own test; and further reports that go into one.
 *
 * All in the caller's transaction, which has taken alert_turn ().
 */
#ifndef NOTIFY_ALERT_OPEN_H
#define NOTIFY_ALERT_OPEN_H

#include "alert_steps.h"
#include "incident_store.h"

/* Fills the person, the desk and the chain's version from the projections; *ret is what the order is found from.
 * The alert has municipality, alert_id, patient_id and now its kind. */
int alert_gather (struct act *act, struct alert_row *alert, struct resolver_input *ret, struct error *err);
/* Writes it, asks the first step (e2 after hours: plans it), informs the others.  entry: the report. */
int alert_start (struct act *act, struct alert_row *alert, const struct resolver_input *input, const struct entry_row *entry,
                 int64_t *ret_informed, struct error *err);
/* A further report goes into an open alert (locked): its class becomes the higher one; tag and response are taken from the higher one. */
int alert_join (struct act *act, struct alert_row *alert, const struct entry_row *entry, enum urgency urgency, enum condition_tag tag,
                enum incident_response response, struct error *err);
/* Raises an alert that is being asked or planned: people are called in the manner of its new class, now. */
int alert_raise_to (struct act *act, struct alert_row *alert, enum alert_class class, enum incident_response response, const char *words,
                    struct error *err);
/* A person, or dispatch for one, ended it.  by NULL: the fire service.  Whoever takes part is told. */
int alert_finish (struct act *act, const struct alert_row *alert, const char *by, const char *name, const char *outcome, struct error *err);

/* E2: when the doctor is going to read it, and who; found by the resolver, with holidays and absences. */
int alert_reading (struct act *act, const struct alert_row *alert, int64_t *ret_at, const char **ret_by, struct error *err);

#endif
