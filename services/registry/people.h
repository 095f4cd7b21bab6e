/* people.h - people, their places and offices: what several commands and queries share. */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "office_store.h"
#include "people_store.h"
#include "service.h"

/* membership_changed with the person's name; roles empty when it has ended. */
int announce_membership (struct request *request, const struct membership *membership, const char *name, struct error *err);

/* authenticators_changed: the one-time code and so many passkeys.  The person's subject is locked by the caller before it counts. */
int announce_authenticators (struct request *request, const char *person_id, int64_t passkeys, struct error *err);

/* May the asker change this person?  ret_found false: nobody yet. */
int person_for_change (struct request *request, const char *person_id, bool *ret_found, struct person_put *ret, struct error *err);

/* The office; one nobody knows is refused (not_for_you). */
int office_found (struct request *request, const char *office_id, struct office_put *ret, struct error *err);
/* May the asker change this office, or what belongs to it?  Refuses log_in_first, session_locked, not_for_you: no such office, or another
 * municipality's. */
int office_for_change (struct request *request, const char *office_id, struct office_put *ret, struct error *err);

/* Who looks after an office's people; one nobody knows is refused (not_for_you). */
int office_care_of (struct request *request, const char *office_id, struct office_care *ret, struct error *err);

/* A membership that acts for the region ends, or loses that role: refused (not_for_role) when nobody would be left to run it, because the
 * first operator's file counts only while there is no account.  Two who leave at once wait for each other. */
int region_keeps_somebody (struct request *request, const struct membership *membership, struct error *err);

#endif
