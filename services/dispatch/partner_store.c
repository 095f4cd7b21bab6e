/* partner_store.c - see partner_store.h. */
#include "partner_store.h"
#include <openssl/evp.h>

enum { BY_KEY, FIND, OF_OFFICE, PUT, SECRET, KEY_PUT, KEY_END, SWITCH, RULES_EMPTY, RULE_PUT, RULES, LIST, KEYS };

#define COLUMNS "p.partner_id, p.name, p.office_id, p.region, p.municipalities, p.senders, p.fields, p.formats::text[] as formats," \
                " p.break_glass, p.enabled, coalesce (p.reply_format, 0) as reply_format, p.webhook_url, p.mail_template"

const struct db_statement partner_statements[] = {
    [BY_KEY] = { "partner_by_key",
        "with used as (update partner_key k set used_at = guard.to_time ($2::bigint)"
        "               where k.sha256 = $1::bytea and k.revoked_at is null"
        "                 and exists (select from partner q where q.partner_id = k.partner_id and q.enabled) returning k.partner_id),"
        " heard as (update partner p set last_heard_at = guard.to_time ($2::bigint) from used u where p.partner_id = u.partner_id)"
        " select " COLUMNS " from partner p join used u on u.partner_id = p.partner_id" },
    [FIND] = { "partner_find", "select " COLUMNS " from partner p where p.partner_id = $1::uuid" },
    [OF_OFFICE] = { "partner_of_office",
        "select " COLUMNS " from partner p where p.office_id = $1::uuid and p.enabled order by p.partner_id limit 1" },
    [PUT] = { "partner_put",
        "insert into partner (partner_id, name, office_id, region, municipalities, senders, formats, fields, break_glass, reply_format,"
        "                     webhook_url, mail_template, enabled)"
        " values ($1::uuid, $2, $3::uuid, $4, $5::text[], $6::text[], $7::smallint[], $8::text[], $9::boolean, $10::smallint, $11, $12,"
        "         $13::boolean)"
        " on conflict (partner_id) do update set name = excluded.name, office_id = excluded.office_id, region = excluded.region,"
        "   municipalities = excluded.municipalities, senders = excluded.senders, formats = excluded.formats, fields = excluded.fields,"
        "   break_glass = excluded.break_glass, reply_format = excluded.reply_format, webhook_url = excluded.webhook_url,"
        "   mail_template = excluded.mail_template, enabled = excluded.enabled" },
    [SECRET] = { "partner_secret", "update partner set webhook_secret = $2 where partner_id = $1::uuid" },
    [KEY_PUT] = { "partner_key_put",
        "insert into partner_key (key_id, partner_id, sha256, name, added_at)"
        " values ($1::uuid, $2::uuid, $3::bytea, $4, guard.to_time ($5::bigint))" },
    [KEY_END] = { "partner_key_end",
        "update partner_key set revoked_at = guard.to_time ($3::bigint)"
        " where key_id = $1::uuid and partner_id = $2::uuid and revoked_at is null returning key_id" },
    [SWITCH] = { "partner_switch",
        "update partner set enabled = $2::boolean, cut_by = $3::uuid, cut_reason = $4, cut_at = guard.to_time ($5::bigint)"
        " where partner_id = $1::uuid returning partner_id" },
    [RULES_EMPTY] = { "partner_rules_empty", "delete from partner_rule where partner_id = $1::uuid" },
    [RULE_PUT] = { "partner_rule_put",
        "insert into partner_rule (partner_id, complaint, terminal, response, approved_by, approved_on)"
        " values ($1::uuid, $2::smallint, $3::boolean, $4::smallint, $5, $6::date)" },
    [RULES] = { "partner_rules",
        "select complaint, terminal, response, approved_by, approved_on::text as approved_on from partner_rule"
        " where partner_id = $1::uuid order by complaint, terminal" },
    [LIST] = { "partner_list",
        "select " COLUMNS ", coalesce (w.waiting, 0) as waiting, guard.to_us (p.last_heard_at) as heard,"
        "       guard.to_us (p.last_reached_at) as reached"
        "  from partner p left join replies_waiting () w on w.partner_id = p.partner_id order by p.name, p.partner_id limit 50" },
    [KEYS] = { "partner_keys",
        "select key_id, name, guard.to_us (added_at) as added, guard.to_us (revoked_at) as revoked, guard.to_us (used_at) as used"
        "  from partner_key where partner_id = $1::uuid order by added_at desc limit 50" },
    { NULL, NULL },
};

struct bytes key_hash (struct arena *arena, const char *key)
{
    unsigned char *hash = arena_alloc (arena, 32);

    EVP_Digest (key, strlen (key), hash, NULL, EVP_sha256 (), NULL);
    return (struct bytes) { hash, 32 };
}

static struct enum_list numbers_of (const db_rows *rows, int row, const char *column, struct arena *arena)
{
    struct text_list texts = db_copy_text_list (rows, row, column, arena);
    int *items = arena_alloc (arena, (texts.count + 1) * sizeof *items);

    for (size_t i = 0; i < texts.count; i++)
        items[i] = (int) strtol (texts.items[i], NULL, 10);
    return (struct enum_list) { items, texts.count };
}

static struct partner partner_of (const db_rows *rows, int row, struct arena *arena)
{
    return (struct partner) {
        .partner_id = db_copy_text (rows, row, "partner_id", arena),
        .name = db_copy_text (rows, row, "name", arena),
        .office_id = db_copy_text (rows, row, "office_id", arena),
        .region = db_copy_text (rows, row, "region", arena),
        .municipalities = db_copy_text_list (rows, row, "municipalities", arena),
        .senders = db_copy_text_list (rows, row, "senders", arena),
        .fields = db_copy_text_list (rows, row, "fields", arena),
        .formats = numbers_of (rows, row, "formats", arena),
        .break_glass = db_get_flag (rows, row, "break_glass"),
        .enabled = db_get_flag (rows, row, "enabled"),
        .reply_format = (enum message_format) db_get_number (rows, row, "reply_format"),
        .webhook_url = db_copy_text (rows, row, "webhook_url", arena),
        .mail_template = db_copy_text (rows, row, "mail_template", arena),
    };
}

static int read_one (struct db *db, struct arena *arena, const struct db_statement *statement, const struct db_args *args,
                     struct partner *ret, struct error *err)
{
    DB_ROWS (rows);

    *ret = (struct partner) { 0 };
    if (db_run (db, statement, args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = partner_of (rows, 0, arena);
    return 0;
}

int partner_by_key (struct db *db, struct arena *arena, const char *key, int64_t now, struct partner *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_bytes (&args, key_hash (arena, key));
    db_number (&args, now);
    return read_one (db, arena, &partner_statements[BY_KEY], &args, ret, err);
}

int partner_find (struct db *db, struct arena *arena, const char *partner_id, struct partner *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, partner_id);
    return read_one (db, arena, &partner_statements[FIND], &args, ret, err);
}

int partner_of_office (struct db *db, struct arena *arena, const char *office_id, struct partner *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, office_id);
    return read_one (db, arena, &partner_statements[OF_OFFICE], &args, ret, err);
}

/* ---- writing ------------------------------------------------------------------------------------------------------------------------ */

static const char *number_array (struct arena *arena, const int *items, size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_print (arena, "%s%s%d", text, i ? "," : "", items[i]);
    return arena_print (arena, "{%s}", text);
}

int partner_put (struct request *request, const struct partner_put *message, struct error *err)
{
    struct db_args args = { 0 }, secret = { 0 };

    db_text (&args, message->partner_id);
    db_text (&args, message->name);
    db_text (&args, message->office_id);
    db_text (&args, message->region);
    db_text_list (&args, request->arena, message->municipalities);
    db_text_list (&args, request->arena, message->senders);
    db_text (&args, number_array (request->arena, message->formats.items, message->formats.count));
    if (message->fields.items)
        db_text_list (&args, request->arena, message->fields);
    else
        db_text (&args, NULL);
    db_flag (&args, message->break_glass);
    db_optional (&args, message->reply_format != 0, message->reply_format);
    db_text (&args, message->webhook_url);
    db_text (&args, message->mail_template);
    db_flag (&args, message->enabled);
    if (db_queue (request->db, &partner_statements[PUT], &args, err) < 0)
        return -1;
    if (!message->webhook_secret)
        return 0;
    db_text (&secret, message->partner_id);
    db_text (&secret, message->webhook_secret);
    return db_queue (request->db, &partner_statements[SECRET], &secret, err);
}

int partner_key_put (struct request *request, const struct partner_key_add *message, struct bytes sha256, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->key_id);
    db_text (&args, message->partner_id);
    db_bytes (&args, sha256);
    db_text (&args, message->name);
    db_number (&args, request->now);
    return db_queue_expect (request->db, &partner_statements[KEY_PUT], &args, 1, ERROR_ALREADY_THERE, err);
}

static int changed (struct request *request, const struct db_statement *statement, const struct db_args *args, bool *ret_done,
                    struct error *err)
{
    DB_ROWS (rows);

    if (db_run (request->db, statement, args, &rows, err) < 0)
        return -1;
    *ret_done = db_count (rows) > 0;
    return 0;
}

int partner_key_end (struct request *request, const struct partner_key_revoke *message, bool *ret_done, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->key_id);
    db_text (&args, message->partner_id);
    db_number (&args, request->now);
    return changed (request, &partner_statements[KEY_END], &args, ret_done, err);
}

int partner_switch (struct request *request, const struct partner_cut *message, bool *ret_done, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->partner_id);
    db_flag (&args, message->enabled);
    db_text (&args, request->actor->person_id);
    db_text (&args, message->reason);
    db_number (&args, request->now);
    return changed (request, &partner_statements[SWITCH], &args, ret_done, err);
}

int partner_rules_write (struct request *request, const struct partner_rules_put *message, struct error *err)
{
    struct db_args all = { 0 };

    db_text (&all, message->partner_id);
    if (db_queue (request->db, &partner_statements[RULES_EMPTY], &all, err) < 0)
        return -1;
    for (size_t i = 0; i < message->rules.count; i++) {
        const struct partner_rule *rule = &message->rules.items[i];
        struct db_args args = { 0 };

        db_text (&args, message->partner_id);
        db_number (&args, rule->complaint);
        db_flag (&args, rule->terminal);
        db_number (&args, rule->response);
        db_text (&args, rule->approved_by);
        db_text (&args, rule->approved_on);
        if (db_queue (request->db, &partner_statements[RULE_PUT], &args, err) < 0)
            return -1;
    }
    return 0;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------------ */

int partner_rules_read (struct db *db, struct arena *arena, const char *partner_id, const struct partner_rule **ret, size_t *ret_count,
                        struct error *err)
{
    struct db_args args = { 0 };
    struct partner_rule *rules;
    DB_ROWS (rows);

    db_text (&args, partner_id);
    if (db_run (db, &partner_statements[RULES], &args, &rows, err) < 0)
        return -1;
    *ret_count = (size_t) db_count (rows);
    *ret = rules = arena_alloc (arena, (*ret_count + 1) * sizeof *rules);
    for (int i = 0; i < db_count (rows); i++)
        rules[i] = (struct partner_rule) {
            .complaint = (enum incident_complaint) db_get_number (rows, i, "complaint"),
            .terminal = db_get_flag (rows, i, "terminal"),
            .response = (enum incident_response) db_get_number (rows, i, "response"),
            .approved_by = db_copy_text (rows, i, "approved_by", arena),
            .approved_on = db_copy_text (rows, i, "approved_on", arena),
        };
    return 0;
}

int partner_list_read (struct request *request, struct partner_list_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    struct partner_line *lines;
    DB_ROWS (rows);

    if (db_run (request->db, &partner_statements[LIST], &args, &rows, err) < 0)
        return -1;
    answer->partners.count = (size_t) db_count (rows);
    answer->partners.items = lines = arena_alloc (request->arena, (answer->partners.count + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++) {
        struct partner partner = partner_of (rows, i, request->arena);

        lines[i] = (struct partner_line) {
            .partner_id = partner.partner_id, .name = partner.name, .enabled = partner.enabled, .municipalities = partner.municipalities,
            .break_glass = partner.break_glass, .waiting = db_get_number (rows, i, "waiting"),
            .has_last_heard_at = !db_is_null (rows, i, "heard"), .last_heard_at = db_get_number (rows, i, "heard"),
            .has_last_reached_at = !db_is_null (rows, i, "reached"), .last_reached_at = db_get_number (rows, i, "reached"),
        };
        lines[i].formats.items = partner.formats.items;
        lines[i].formats.count = partner.formats.count;
    }
    return 0;
}

static int read_keys (struct request *request, const char *partner_id, struct partner_view_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    struct partner_key_line *keys;
    DB_ROWS (rows);

    db_text (&args, partner_id);
    if (db_run (request->db, &partner_statements[KEYS], &args, &rows, err) < 0)
        return -1;
    answer->keys.count = (size_t) db_count (rows);
    answer->keys.items = keys = arena_alloc (request->arena, (answer->keys.count + 1) * sizeof *keys);
    for (int i = 0; i < db_count (rows); i++)
        keys[i] = (struct partner_key_line) {
            .key_id = db_copy_text (rows, i, "key_id", request->arena),
            .name = db_copy_text (rows, i, "name", request->arena),
            .added_at = db_get_number (rows, i, "added"),
            .has_revoked_at = !db_is_null (rows, i, "revoked"), .revoked_at = db_get_number (rows, i, "revoked"),
            .has_used_at = !db_is_null (rows, i, "used"), .used_at = db_get_number (rows, i, "used"),
        };
    return 0;
}

int partner_view_read (struct request *request, const char *partner_id, struct partner_view_answer *answer, struct error *err)
{
    struct partner partner;
    const struct partner_rule *rules;

    if (partner_find (request->db, request->arena, partner_id, &partner, err) < 0)
        return -1;
    if (!partner.partner_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such partner");
    *answer = (struct partner_view_answer) {
        .partner_id = partner.partner_id, .name = partner.name, .office_id = partner.office_id, .region = partner.region,
        .municipalities = partner.municipalities, .senders = partner.senders, .fields = partner.fields, .break_glass = partner.break_glass,
        .reply_format = partner.reply_format, .webhook_url = partner.webhook_url, .mail_template = partner.mail_template,
        .enabled = partner.enabled,
    };
    answer->formats.items = partner.formats.items;
    answer->formats.count = partner.formats.count;
    if (read_keys (request, partner_id, answer, err) < 0
        || partner_rules_read (request->db, request->arena, partner_id, &rules, &answer->rules.count, err) < 0)
        return -1;
    answer->rules.items = rules;
    return 0;
}
