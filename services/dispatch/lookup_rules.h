/* lookup_rules.h - who may have which record released on which ground (EMS-07, EMS-10; §4.6).  Pure. */
#ifndef DISPATCH_LOOKUP_RULES_H
#define DISPATCH_LOOKUP_RULES_H

#include <stdbool.h>
#include "error.h"
#include "messages.h"
#include "service.h"

enum { LOOKUP_LIFE_SECONDS = 3600 };

struct lookup_standing {
    enum match_result result;
    bool strong;                        /* unique by the card, or by two independent keys */
    bool is_candidate;                  /* the chosen person was among those that were found */
    bool by_telephone, has_number;      /* a crew telephones the last resort and has said its incident */
    bool break_glass;                   /* the partner may */
    int64_t age_us;                     /* since it was asked */
};

int lookup_check_find (const struct actor *actor, const struct lookup_find *message, struct error *err);
int lookup_check_open (const struct actor *actor, const struct lookup_standing *standing, const struct lookup_open *message,
                       struct error *err);

#endif
