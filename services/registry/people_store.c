/* people_store.c - see people_store.h. */
#include "people_store.h"

#include "ids.h"

enum { PERSON, ADD_PERSON, CHANGE_PERSON, STANDING, MEMBERSHIP, MEMBERSHIPS, ADD_MEMBERSHIP, CHANGE_MEMBERSHIP, END_MEMBERSHIP, COLLEAGUES,
       OWN_MEMBERSHIPS, LOGIN, LOGIN_OWNER, ADD_ACCOUNT, CHANGE_ACCOUNT, PASSKEY_COUNT, ADD_PASSKEY, FORGET_PASSKEYS, OTHERS_RUN_REGION, STATEMENT_COUNT };

#define VIEW_COLUMNS "m.membership_id, m.person_id, p.name, m.office_id, o.name as office, m.municipality, m.roles, o.phone"
#define VIEW_TABLES " from membership m join person p on p.person_id = m.person_id" \
                    " join office o on o.municipality = m.municipality and o.office_id = m.office_id"

const struct db_statement people_statements[] = {
    [PERSON] = { "person_get", "select person_id, name, name_kana, email, phone from person where person_id = $1::uuid" },
    [ADD_PERSON] = { "person_add",
        "insert into person (person_id, name, name_kana, email, phone, search, voice_point, email_point)"
        " values ($1::uuid, $2, $3, $4, $5, $6, $7::uuid, $8::uuid)" },
    [CHANGE_PERSON] = { "person_change",
        "update person set name = $2, name_kana = $3, email = $4, phone = $5, search = $6, voice_point = $7::uuid where person_id = $1::uuid" },
    [STANDING] = { "person_standing", "select municipalities, runs_region, inside, outside, unplaced, staffs from standing_of ($1::uuid)" },
    [MEMBERSHIP] = { "membership_get",
        "select membership_id, person_id, office_id, municipality, roles, ended_at is not null as ended from membership"
        " where membership_id = $1::uuid" },
    [MEMBERSHIPS] = { "membership_of_person",
        "select membership_id, person_id, office_id, municipality, roles, ended_at is not null as ended from membership"
        " where person_id = $1::uuid and ended_at is null order by membership_id" },
    [ADD_MEMBERSHIP] = { "membership_add",
        "insert into membership (municipality, membership_id, person_id, office_id, roles, since)"
        " values ($1, $2::uuid, $5::uuid, $6::uuid, $3::text[], guard.to_time ($4::bigint))" },
    [CHANGE_MEMBERSHIP] = { "membership_change",        /* also takes somebody back who had left */
        "update membership set roles = $3::text[], since = case when ended_at is null then since else guard.to_time ($4::bigint) end,"
        "       ended_at = null where municipality = $1 and membership_id = $2::uuid" },
    [END_MEMBERSHIP] = { "membership_end",
        "update membership set ended_at = guard.to_time ($3::bigint)"
        " where municipality = $1 and membership_id = $2::uuid and ended_at is null" },
    [COLLEAGUES] = { "colleague_list",
        "select " VIEW_COLUMNS VIEW_TABLES
        " where m.ended_at is null and m.municipality <> '000000' and ($2::text is null or $2 = any (m.roles))"
        "   and ($1::text is null or position ($1 in p.search) > 0 or position ($1 in o.search) > 0)"
        "   and ($3::uuid is null or (p.name_kana, m.membership_id) >"
        "        (select p2.name_kana, m2.membership_id from membership m2 join person p2 on p2.person_id = m2.person_id"
        "          where m2.membership_id = $3::uuid))"
        " order by p.name_kana, m.membership_id limit $4::bigint" },
    [OWN_MEMBERSHIPS] = { "membership_own",
        "select " VIEW_COLUMNS VIEW_TABLES " where m.person_id = $1::uuid and m.ended_at is null order by o.name, m.membership_id"
        " limit 20" },
    [LOGIN] = { "account_login", "select login from account where person_id = $1::uuid" },
    [LOGIN_OWNER] = { "account_owner", "select person_id from account where login = $1" },
    [ADD_ACCOUNT] = { "account_add",
        "insert into account (person_id, login, password_hash, totp_sealed, course_left) values ($1::uuid, $2, $3, $4::bytea, $5::smallint)" },
    [CHANGE_ACCOUNT] = { "account_change",
        "update account set login = $2, password_hash = $3, totp_sealed = $4::bytea, course_left = $5::smallint where person_id = $1::uuid" },
    [PASSKEY_COUNT] = { "passkey_count",
        "select count (*) filter (where person_id = $1::uuid) as own, count (*) filter (where credential_id = $2::bytea) as known"
        "  from passkey where person_id = $1::uuid or credential_id = $2::bytea" },
    [ADD_PASSKEY] = { "passkey_add",
        "insert into passkey (credential_id, person_id, algorithm, public_key, sign_count, label)"
        " values ($1::bytea, $2::uuid, $3::integer, $4::bytea, $5::bigint, $6)" },
    [FORGET_PASSKEYS] = { "passkey_forget", "delete from passkey where person_id = $1::uuid" },
    [OTHERS_RUN_REGION] = { "membership_others_run",   /* somebody who can log in */
        "select exists (select from membership m join account a on a.person_id = m.person_id"
        "                where m.membership_id <> $1::uuid and m.ended_at is null and m.roles && '{operator,administrator}') as others" },
    [STATEMENT_COUNT] = { 0 },
};

const char *membership_id_of (struct arena *arena, const char *person_id, const char *office_id)
{
    char id[UUID_TEXT];

    uuid_from_name ("membership", arena_print (arena, "%s %s", person_id, office_id), id);
    return arena_text (arena, id);
}

const char *contact_point_of (struct arena *arena, const char *person_id, enum contact_kind kind)
{
    char id[UUID_TEXT];

    uuid_from_name ("contact_point", arena_print (arena, "%s %s", person_id, enum_name (&contact_kind_type, (int) kind)), id);
    return arena_text (arena, id);
}

struct enum_list roles_of_names (struct arena *arena, struct text_list names)
{
    int *items = arena_alloc (arena, sizeof *items * (names.count + 1));

    for (size_t i = 0; i < names.count; i++)
        items[i] = enum_number (&role_type, names.items[i]);
    return (struct enum_list) { items, names.count };
}

struct text_list names_of_roles (struct arena *arena, struct enum_list roles)
{
    const char **items = arena_alloc (arena, sizeof *items * (roles.count + 1));

    for (size_t i = 0; i < roles.count; i++)
        items[i] = enum_name (&role_type, roles.items[i]);
    return (struct text_list) { items, roles.count };
}

int people_store_person (struct db *db, const char *person_id, struct arena *arena, bool *ret_found, struct person_put *ret,
                         struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    if (db_run (db, &people_statements[PERSON], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (*ret_found)
        *ret = (struct person_put) { .person_id = person_id, .name = db_copy_text (rows, 0, "name", arena),
                                     .name_kana = db_copy_text (rows, 0, "name_kana", arena),
                                     .email = db_copy_text (rows, 0, "email", arena), .phone = db_copy_text (rows, 0, "phone", arena) };
    return 0;
}

int people_store_put_person (struct db *db, struct arena *arena, const struct person_put *put, const char *search, bool is_new,
                             struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, put->person_id);
    db_text (&args, put->name);
    db_text (&args, put->name_kana);
    db_text (&args, put->email);
    db_text (&args, put->phone);
    db_text (&args, search);
    db_text (&args, contact_point_of (arena, put->person_id, CONTACT_KIND_VOICE));
    if (is_new)
        db_text (&args, contact_point_of (arena, put->person_id, CONTACT_KIND_EMAIL));
    return db_queue_expect (db, &people_statements[is_new ? ADD_PERSON : CHANGE_PERSON], &args, 1, ERROR_NOT_FOR_YOU, err);
}

struct standing people_store_standing_at (const db_rows *rows, int row, struct arena *arena)
{
    return (struct standing) { .municipalities = db_copy_text_list (rows, row, "municipalities", arena),
                               .runs_region = db_get_flag (rows, row, "runs_region"), .inside = db_get_flag (rows, row, "inside"),
                               .outside = db_get_flag (rows, row, "outside"), .unplaced = db_get_flag (rows, row, "unplaced"),
                               .staffs = db_get_flag (rows, row, "staffs") };
}

int people_store_standing (struct db *db, const char *person_id, struct arena *arena, struct standing *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    if (db_run (db, &people_statements[STANDING], &args, &rows, err) < 0)
        return -1;
    *ret = people_store_standing_at (rows, 0, arena);
    return 0;
}

static struct membership membership_of (const db_rows *rows, int row, struct arena *arena)
{
    return (struct membership) { .membership_id = db_copy_text (rows, row, "membership_id", arena),
                                 .person_id = db_copy_text (rows, row, "person_id", arena),
                                 .office_id = db_copy_text (rows, row, "office_id", arena),
                                 .municipality = db_copy_text (rows, row, "municipality", arena),
                                 .roles = roles_of_names (arena, db_copy_text_list (rows, row, "roles", arena)),
                                 .ended = db_get_flag (rows, row, "ended") };
}

int people_store_membership (struct db *db, const char *membership_id, struct arena *arena, bool *ret_found, struct membership *ret,
                             struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, membership_id);
    if (db_run (db, &people_statements[MEMBERSHIP], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (*ret_found)
        *ret = membership_of (rows, 0, arena);
    return 0;
}

int people_store_memberships (struct db *db, const char *person_id, struct arena *arena, struct membership_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct membership *items;
    DB_ROWS (rows);

    db_text (&args, person_id);
    if (db_run (db, &people_statements[MEMBERSHIPS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = membership_of (rows, i, arena);
    *ret = (struct membership_list) { items, (size_t) db_count (rows) };
    return 0;
}

int people_store_put_membership (struct db *db, const struct membership *membership, bool is_new, struct arena *arena, int64_t now,
                                 struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, membership->municipality);
    db_text (&args, membership->membership_id);
    db_text_list (&args, arena, names_of_roles (arena, membership->roles));
    db_time (&args, now);
    if (is_new) {
        db_text (&args, membership->person_id);
        db_text (&args, membership->office_id);
    }
    return db_queue_expect (db, &people_statements[is_new ? ADD_MEMBERSHIP : CHANGE_MEMBERSHIP], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int people_store_end_membership (struct db *db, const struct membership *membership, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, membership->municipality);
    db_text (&args, membership->membership_id);
    db_time (&args, now);
    return db_queue_expect (db, &people_statements[END_MEMBERSHIP], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static struct membership_view_list views_of (const db_rows *rows, struct arena *arena)
{
    struct membership_view *items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));

    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct membership_view) {
            .membership_id = db_copy_text (rows, i, "membership_id", arena), .person_id = db_copy_text (rows, i, "person_id", arena),
            .name = db_copy_text (rows, i, "name", arena), .office_id = db_copy_text (rows, i, "office_id", arena),
            .office = db_copy_text (rows, i, "office", arena), .municipality = db_copy_text (rows, i, "municipality", arena),
            .roles = roles_of_names (arena, db_copy_text_list (rows, i, "roles", arena)), .phone = db_copy_text (rows, i, "phone", arena) };
    return (struct membership_view_list) { items, (size_t) db_count (rows) };
}

int people_store_colleagues (struct db *db, const char *folded, const char *role, const char *after, int64_t limit, struct arena *arena,
                             struct membership_view_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, folded);
    db_text (&args, role);
    db_text (&args, after);
    db_number (&args, limit);
    if (db_run (db, &people_statements[COLLEAGUES], &args, &rows, err) < 0)
        return -1;
    *ret = views_of (rows, arena);
    return 0;
}

int people_store_own_memberships (struct db *db, const char *person_id, struct arena *arena, struct membership_view_list *ret,
                                  struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    if (db_run (db, &people_statements[OWN_MEMBERSHIPS], &args, &rows, err) < 0)
        return -1;
    *ret = views_of (rows, arena);
    return 0;
}

static int one_text (struct db *db, int statement, const char *key, const char *column, struct arena *arena, const char **ret,
                     struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, key);
    if (db_run (db, &people_statements[statement], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0 ? db_copy_text (rows, 0, column, arena) : NULL;
    return 0;
}

int people_store_login (struct db *db, const char *person_id, struct arena *arena, const char **ret_login, struct error *err)
{
    return one_text (db, LOGIN, person_id, "login", arena, ret_login, err);
}

int people_store_login_owner (struct db *db, const char *login, struct arena *arena, const char **ret_person_id, struct error *err)
{
    return one_text (db, LOGIN_OWNER, login, "person_id", arena, ret_person_id, err);
}

int people_store_put_account (struct db *db, const char *person_id, const char *login, const char *password_hash, struct bytes totp_sealed,
                              bool first_login, bool is_new, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    db_text (&args, login);
    db_text (&args, password_hash);
    db_bytes (&args, totp_sealed);
    db_number (&args, first_login ? 2 : 0);
    return db_queue_expect (db, &people_statements[is_new ? ADD_ACCOUNT : CHANGE_ACCOUNT], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int people_store_passkey_count (struct db *db, const char *person_id, struct bytes credential_id, int64_t *ret_count, bool *ret_known,
                                struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_bytes (&args, credential_id);
    if (db_run (db, &people_statements[PASSKEY_COUNT], &args, &rows, err) < 0)
        return -1;
    *ret_count = db_get_number (rows, 0, "own");
    *ret_known = db_get_number (rows, 0, "known") > 0;
    return 0;
}

int people_store_add_passkey (struct db *db, const char *person_id, const struct passkey *passkey, const char *label, struct error *err)
{
    struct db_args args = { 0 };

    db_bytes (&args, passkey->credential_id);
    db_text (&args, person_id);
    db_number (&args, passkey->algorithm);
    db_bytes (&args, passkey->public_key);
    db_number (&args, passkey->sign_count);
    db_text (&args, label);
    return db_queue (db, &people_statements[ADD_PASSKEY], &args, err);
}

int people_store_forget_passkeys (struct db *db, const char *person_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    return db_queue (db, &people_statements[FORGET_PASSKEYS], &args, err);
}

int people_store_others_run_region (struct db *db, const char *membership_id, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, membership_id);
    if (db_run (db, &people_statements[OTHERS_RUN_REGION], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "others");
    return 0;
}
