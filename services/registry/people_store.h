/* people_store.h - people, memberships, accounts and passkeys in the database, under the command role. */
#ifndef PEOPLE_STORE_H
#define PEOPLE_STORE_H

#include "db.h"
#include "messages.h"
#include "staff_rules.h"
#include "webauthn.h"

extern const struct db_statement people_statements[];

struct membership {
    const char *membership_id, *person_id, *office_id, *municipality;
    struct enum_list roles;
    bool ended;
};
struct membership_list { const struct membership *items; size_t count; };

/* Made from person and office, the same everywhere. */
const char *membership_id_of (struct arena *arena, const char *person_id, const char *office_id);
const char *contact_point_of (struct arena *arena, const char *person_id, enum contact_kind kind);

int people_store_person (struct db *db, const char *person_id, struct arena *arena, bool *ret_found, struct person_put *ret,
                         struct error *err);
int people_store_put_person (struct db *db, struct arena *arena, const struct person_put *put, const char *search, bool is_new,
                             struct error *err);
int people_store_standing (struct db *db, const char *person_id, struct arena *arena, struct standing *ret, struct error *err);

/* Of a row with the columns of standing_of. */
struct standing people_store_standing_at (const db_rows *rows, int row, struct arena *arena);

int people_store_membership (struct db *db, const char *membership_id, struct arena *arena, bool *ret_found, struct membership *ret,
                             struct error *err);
/* In force, in order of their id. */
int people_store_memberships (struct db *db, const char *person_id, struct arena *arena, struct membership_list *ret, struct error *err);
int people_store_put_membership (struct db *db, const struct membership *membership, bool is_new, struct arena *arena, int64_t now,
                                 struct error *err);
int people_store_end_membership (struct db *db, const struct membership *membership, int64_t now, struct error *err);

/* As shown to people: with names.  after: membership id of the last line of the page before, or NULL. */
int people_store_colleagues (struct db *db, const char *folded, const char *role, const char *after, int64_t limit, struct arena *arena,
                             struct membership_view_list *ret, struct error *err);
int people_store_own_memberships (struct db *db, const char *person_id, struct arena *arena, struct membership_view_list *ret,
                                  struct error *err);

/* login NULL: no account. */
int people_store_login (struct db *db, const char *person_id, struct arena *arena, const char **ret_login, struct error *err);
int people_store_login_owner (struct db *db, const char *login, struct arena *arena, const char **ret_person_id, struct error *err);
int people_store_put_account (struct db *db, const char *person_id, const char *login, const char *password_hash, struct bytes totp_sealed,
                              bool first_login, bool is_new, struct error *err);

int people_store_passkey_count (struct db *db, const char *person_id, struct bytes credential_id, int64_t *ret_count, bool *ret_known,
                                struct error *err);
int people_store_add_passkey (struct db *db, const char *person_id, const struct passkey *passkey, const char *label, struct error *err);

struct enum_list roles_of_names (struct arena *arena, struct text_list names);
struct text_list names_of_roles (struct arena *arena, struct enum_list roles);
/* Is there somebody with an account who acts for the region, apart from this membership? */
int people_store_others_run_region (struct db *db, const char *membership_id, bool *ret, struct error *err);
int people_store_forget_passkeys (struct db *db, const char *person_id, struct error *err);

#endif
