/* fax_rules.h - which FAX may leave: the sender writes office and number again, and the number has been tested.  Pure. */
#ifndef NOTIFY_FAX_RULES_H
#define NOTIFY_FAX_RULES_H

#include "messages.h"

struct fax_target { const char *office, *number; enum fax_number_state state; };        /* number NULL: none is known */

/* Refuses fax_untested, fax_not_confirmed (name or number written differently), not_for_you (no number). */
int fax_decide (struct arena *arena, const struct fax_target *target, const char *office, const char *number, struct error *err);
bool fax_same_number (struct arena *arena, const char *one, const char *other);         /* full-width digits and hyphens pass */
/* Six letters and digits that are not mistaken for each other, as the test page shows them. */
void fax_code_new (char ret[7]);
bool fax_same_code (struct arena *arena, const char *one, const char *other);

const char *fax_test_text (struct arena *arena, const char *office, const char *code);
/* return_number NULL: no answer is expected; "": there is none to print. */
const char *fax_page_text (struct arena *arena, const char *reference, const char *title, const char *text, const char *from_office,
                           const char *return_number);

#endif
