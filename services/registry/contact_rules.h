/* contact_rules.h - what a person's own contact must look like, and the code that proves it.  Pure. */
#ifndef CONTACT_RULES_H
#define CONTACT_RULES_H

#include "messages.h"

enum { CODE_DIGITS = 6, CODE_MINUTES = 15, CODE_TRIES = 3, CODES_AN_HOUR = 5, CONTACTS_MOST = 10, CODE_HASH_BYTES = 32 };

/* Refuses field_unknown_choice (channel), phone_invalid, field_wrong_type (address, or an id made from a name: those are the office's). */
int contact_check (const struct contact_put *put, struct arena *arena, const char **ret_address, struct error *err);
void contact_code_new (char ret[CODE_DIGITS + 1]);
/* Of a contact's code as typed: full-width digits, spaces and hyphens are passed over. */
void contact_code_hash (struct arena *arena, const char *contact_point_id, const char *code, unsigned char ret[CODE_HASH_BYTES]);

#endif
