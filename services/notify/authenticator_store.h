/* authenticator_store.h - with how many authenticators people can log in, as registry tells. */
#ifndef NOTIFY_AUTHENTICATOR_STORE_H
#define NOTIFY_AUTHENTICATOR_STORE_H

#include "service.h"

extern const struct db_statement authenticator_statements[];

int authenticator_put (struct db *db, const struct authenticators_changed *event, int64_t version, struct error *err);
/* Those of these people who are known to have fewer than two.  Somebody without an account can lose none and is not among them. */
int authenticator_lacking (struct db *db, struct arena *arena, struct text_list people, struct text_list *ret, struct error *err);

#endif
