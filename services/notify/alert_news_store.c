/* alert_news_store.c - see alert_news.h. */
#include "alert_news.h"
#include "clock.h"

enum { ADD, CLAIM, TAKE, READERS };

const struct db_statement news_statements[] = {
    /* A change joins what waits; else it waits until three minutes after the last mail. */
    [ADD] = { "alert_news_add",
        "insert into alert_news (municipality, alert_id, kind, at, due_at, text)"
        " select $1, $2::uuid, $3::smallint, guard.to_time ($4::bigint),"
        "        case when $3::smallint <> 2 then guard.to_time ($5::bigint)"
        "             else coalesce ((select min (n.due_at) from alert_news n where n.municipality = $1 and n.alert_id = $2::uuid and not n.done"
        "                              and n.kind = 2),"
        "                            greatest (guard.to_time ($5::bigint),"
        "                                      (select max (n.due_at) + $7::bigint * interval '1 second' from alert_news n"
        "                                        where n.municipality = $1 and n.alert_id = $2::uuid and n.done and n.kind = 2))) end, $6" },
    [CLAIM] = { "alert_news_claim",
        "select alert_id from alert_news where not done and due_at <= guard.to_time ($1::bigint) order by due_at limit 1" },
    /* with the end goes what still waits */
    [TAKE] = { "alert_news_take",
        "with taken as ("
        "  update alert_news n set done = true where n.alert_id = $1::uuid and not n.done"
        "     and (n.due_at <= guard.to_time ($2::bigint)"
        "          or exists (select from alert_news e where e.alert_id = $1::uuid and e.kind = 3 and not e.done"
        "                        and e.due_at <= guard.to_time ($2::bigint)))"
        "  returning n.kind, n.at, n.text, n.news)"
        " select kind, guard.to_us (at) as at, text from taken order by news" },
    [READERS] = { "alert_news_readers",
        "select coalesce (array_agg (c::text), '{}') as people from alert_circle ($2::uuid) c"
        " where not exists (select from alert_try t where t.municipality = $1 and t.alert_id = $2::uuid and t.person_id = c"
        "                      and t.state not in (1, 7))" },
    { NULL, NULL },
};

int news_add (struct act *act, const struct alert_row *alert, enum news_kind kind, const char *text, struct error *err)
{
    int64_t due = kind == NEWS_END && !alert->terminal_phase ? act->now : class_waking_time (act->now);
    struct db_args args = { 0 };

    if (alert->exercise || alert->synthetic)
        return 0;
    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    db_number (&args, kind);
    db_time (&args, act->now);
    db_time (&args, due);
    db_text (&args, text);
    db_number (&args, NEWS_BUNDLE_SECONDS);
    return db_queue (act->db, &news_statements[ADD], &args, err);
}

int news_claim (struct db *db, struct arena *arena, int64_t now, const char **ret_alert, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret_alert = NULL;
    db_time (&args, now);
    if (db_run (db, &news_statements[CLAIM], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret_alert = db_copy_text (rows, 0, "alert_id", arena);
    return 0;
}

int news_take (struct db *db, struct arena *arena, const char *alert_id, int64_t now, struct news_rows *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, alert_id);
    db_time (&args, now);
    if (db_run (db, &news_statements[TAKE], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = (struct news_row) { (enum news_kind) db_get_number (rows, (int) i, "kind"), db_get_number (rows, (int) i, "at"),
                                            db_copy_text (rows, (int) i, "text", arena) };
    return 0;
}

int news_readers (struct db *db, struct arena *arena, const struct alert_row *alert, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    if (db_run (db, &news_statements[READERS], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", arena);
    return 0;
}
