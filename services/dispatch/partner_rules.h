/* partner_rules.h - what a partner may be set up as.  Pure. */
#ifndef DISPATCH_PARTNER_RULES_H
#define DISPATCH_PARTNER_RULES_H

#include <stdbool.h>
#include "error.h"
#include "messages.h"

/* webhook_allow: prefixes replies may be sent to. */
int partner_check (const struct partner_put *message, const char *webhook_allow, struct error *err);
/* Each complaint and phase once. */
int partner_check_rules (const struct partner_rules_put *message, struct error *err);

#endif
