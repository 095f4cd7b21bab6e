/* contact_store.h - a person's own contacts as rows (schema/0020_own_contacts.sql). */
#ifndef CONTACT_STORE_H
#define CONTACT_STORE_H

#include "contact_rules.h"
#include "db.h"

extern const struct db_statement contact_statements[];

struct own_contact {
    const char *contact_point_id, *address;
    enum contact_kind kind;
    bool verified, phi_ok, code_right;
    int64_t code_until, tries_left, codes, codes_from;      /* times 0: none */
};
struct own_contacts { struct own_contact *items; size_t count; };

int own_contact_list (struct db *db, struct arena *arena, const char *person_id, struct own_contacts *ret, struct error *err);
/* Locked; hash: of the code as typed, or NULL. contact_point_id NULL: not the person's. */
int contact_get (struct db *db, struct arena *arena, const char *person_id, const char *contact_point_id, const unsigned char *hash,
                 struct own_contact *ret, struct error *err);
int contact_check_free (struct db *db, const char *contact_point_id, struct error *err);       /* not_for_you: somebody else's */
/* A new code: until, tries and count are those of `contact`. */
int own_contact_put (struct db *db, const char *person_id, const struct own_contact *contact, const unsigned char hash[CODE_HASH_BYTES],
                 struct error *err);
int contact_set_verified (struct db *db, const char *contact_point_id, int64_t now, struct error *err);
int contact_use_try (struct db *db, const char *contact_point_id, struct error *err);
int contact_forget (struct db *db, const char *contact_point_id, struct error *err);

#endif
