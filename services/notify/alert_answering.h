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

/* Refusal, or what follows. */
int answering_decide (const struct answering *a, enum standing standing, enum follow *ret, struct error *err);
/* Does it, tells everybody. */
int answering_follow (struct answering *a, enum follow what, struct error *err);

/* How somebody stands to his entry: the holder is the one who accepted, not everybody of his office; who is asked while another holds it is
 * offered it. */
enum standing standing_here (const struct alert_row *alert, const struct try_row *own, const char *person_id);

#endif
