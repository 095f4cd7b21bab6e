/* operator_store.c - see operator_store.h. */
#include "operator_store.h"

enum { HAS_ACCOUNT, PERSON, OFFICE, MEMBERSHIP, ACCOUNT, STATEMENT_COUNT };

static const struct db_statement statements[STATEMENT_COUNT] = {
    [HAS_ACCOUNT] = { "operator_has_account", "select exists (select from account) as has_account" },
    [PERSON] = { "operator_person",
        "insert into person (person_id, name, name_kana, search, email_point) values ($1::uuid, $2, $2, $3, $4::uuid)" },
    [OFFICE] = { "operator_office",
        "insert into office (municipality, office_id, name, search) values ('000000', $1::uuid, '運用', '運用') on conflict do nothing" },
    [MEMBERSHIP] = { "operator_membership",
        "insert into membership (municipality, membership_id, person_id, office_id, roles, since)"
        " values ('000000', $1::uuid, $2::uuid, $3::uuid, '{administrator,operator}', guard.to_time ($4::bigint))" },
    [ACCOUNT] = { "operator_account",
        "insert into account (person_id, login, password_hash, totp_sealed) values ($1::uuid, $2, $3, $4::bytea)" },
};

int operator_store_prepare (struct db *db, struct error *err)
{
    return db_prepare (db, statements, STATEMENT_COUNT, err);
}

int operator_store_has_account (struct db *db, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (db, &statements[HAS_ACCOUNT], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "has_account");
    return 0;
}

static int add_person (struct db *db, const struct new_operator *new, struct error *err)
{
    struct db_args person = { 0 }, office = { 0 };

    db_text (&person, new->person_id);
    db_text (&person, new->name);
    db_text (&person, new->search);
    db_text (&person, new->email_point);
    db_text (&office, new->office_id);
    if (db_queue (db, &statements[PERSON], &person, err) < 0)
        return -1;
    return db_queue (db, &statements[OFFICE], &office, err);
}

int operator_store_add (struct db *db, const struct new_operator *new, struct error *err)
{
    struct db_args membership = { 0 }, account = { 0 };

    db_text (&membership, new->membership_id);
    db_text (&membership, new->person_id);
    db_text (&membership, new->office_id);
    db_time (&membership, new->now);
    db_text (&account, new->person_id);
    db_text (&account, new->login);
    db_text (&account, new->password_hash);
    db_bytes (&account, new->totp_sealed);
    if (add_person (db, new, err) < 0 || db_queue (db, &statements[MEMBERSHIP], &membership, err) < 0)
        return -1;
    return db_queue (db, &statements[ACCOUNT], &account, err);
}
