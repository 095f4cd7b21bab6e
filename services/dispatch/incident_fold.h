/* incident_fold.h - what an incident is, made from all its messages at once, whatever order they came in (EMS-18).  Pure.
 *
 * Messages are put in order of the sender's own clock and laid over each other: a later value of an item takes the place of an earlier one.
 * A result closes.  A cancel cancels, unless a report was sent after it.  An update counts as a report (V-10).  An incident is an exercise
 * only if no message of it was in earnest (V-07).
 */
#ifndef DISPATCH_INCIDENT_FOLD_H
#define DISPATCH_INCIDENT_FOLD_H

#include "intake.h"

struct incident_fold {
    enum incident_state state;
    struct intake_message content;      /* laid over each other; kind and id of the last one */
    bool exercise, raise;
    const char *reporter;               /* who reported it; NULL when nobody has */
};

/* Sorts the list.  count may be 0: announced, nothing in it. */
void incident_fold (const struct intake_message **messages, size_t count, struct incident_fold *ret);

/* What follows from a change. */
struct incident_was {
    enum incident_state state;          /* 0: new */
    bool opened, exercise;
    const struct intake_message *content;       /* NULL: new */
};
struct incident_step {
    bool open;                          /* to be matched, and its alert to be opened */
    bool reopen;                        /* ...under a new alert: the one before has been ended */
    bool updated, cancelled, raised, in_hand;   /* to be told as incident_changed */
    bool result;                        /* to be told as incident_result */
    bool reply;                         /* the partner is to hear anew */
};
struct incident_step incident_next (const struct incident_was *was, const struct incident_fold *now);

#endif
