/* operator_store.h - SQL of the first account, on the login book's connection. */
#ifndef OPERATOR_STORE_H
#define OPERATOR_STORE_H

#include "db.h"

struct new_operator {
    const char *person_id, *office_id, *membership_id, *email_point, *login, *name, *search, *password_hash;
    struct bytes totp_sealed;
    int64_t now;
};

int operator_store_prepare (struct db *db, struct error *err);
int operator_store_has_account (struct db *db, bool *ret, struct error *err);
int operator_store_add (struct db *db, const struct new_operator *new, struct error *err);

#endif
