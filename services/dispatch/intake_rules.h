/* intake_rules.h - what is said to a readable message: rules V-03 … V-11 and V-15, given who sends it and what was sent before.  Pure. */
#ifndef DISPATCH_INTAKE_RULES_H
#define DISPATCH_INTAKE_RULES_H

#include "intake.h"

enum { SKEW_MOST_US = 5 * 60 * 1000000 };

struct intake_partner {
    const char *region;                 /* how it addresses us */
    struct text_list senders;
    struct enum_list formats;
};

struct intake_before {
    bool incident_known;                /* an incident of this number stands */
    const char *incident_sender;        /* who reported it first; NULL when only others have come */
    bool reference_known;               /* the message it refers to is there, of the named sender */
};

enum intake_warning { WARN_SKEW = 1, WARN_REFERENCE = 2, WARN_NO_INCIDENT = 4 };

/* Changes the verdict of an accepted message; *ret_warnings: enum intake_warning. */
void intake_judge (struct intake *intake, const struct intake_partner *partner, const struct intake_before *before, int64_t now,
                   unsigned *ret_warnings);

/* Is a message of this verdict part of its incident?  A cancel of an unknown incident is answered with an error, and yet counts when the
 * report comes late (EMS-18). */
bool intake_counts (const struct intake *intake);

#endif
