/* alert_answering.h - what an answer does, whoever writes it down: the person who was asked, or somebody who heard it by telephone. */
#ifndef NOTIFY_ALERT_ANSWERING_H
#define NOTIFY_ALERT_ANSWERING_H

#include "alert_states.h"
#include "alert_steps.h"

struct answering {
    struct act *act;
    const struct alert_answer *message;
    struct alert_row *alert;                    /* locked */
    const struct try_row *own;                  /* whose answer it is */
    const struct try_rows *tries;
    const char *person_id, *name;               /* who answers; person_id NULL: only the name is known */
    const char *recorded_by;                    /* name of who recorded it; NULL: the answer is his own */
    const char *drafted_by;                     /* name of the proxy who had prepared this very answer; NULL: nobody */
};

/* For whoever gives, records or prepares an answer: it is complete in itself, and the alert is there, locked, with everybody of its list.
 * Refuses arrival_needed, time_in_past, reason_needed, not_for_you. */
int answering_open (struct request *request, const struct alert_answer *said, struct alert_row *ret, struct try_rows *ret_tries,
                    struct error *err);

/* Refusal, or what follows. */
int answering_decide (const struct answering *a, enum standing standing, enum follow *ret, struct error *err);
/* Does it, tells everybody. */
int answering_follow (struct answering *a, enum follow what, struct error *err);

/* How somebody stands to his entry: the holder is the one who accepted, not everybody of his office; who is asked while another holds it is
 * offered it. */
enum standing standing_here (const struct alert_row *alert, const struct try_row *own, const char *person_id);

#endif
