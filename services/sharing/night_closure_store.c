#include "night_closure_store.h"
#include "bits.h"
#include "clock.h"

enum { CALENDAR, PUT, STATEMENT_COUNT };

#define CLOSED(where) \
    "select k.closure_id, k.located_in, k.office_id, k.name, k.first_day, k.last_day from closure k where not k.removed and " where \
    "   and k.last_day >= (guard.to_time ($3::bigint) at time zone 'Asia/Tokyo')::date" \
    "   and k.first_day <= (guard.to_time ($4::bigint) at time zone 'Asia/Tokyo')::date"

const struct db_statement night_closure_statements[STATEMENT_COUNT + 1] = {
    [CALENDAR] = { "night_calendar",
        "select a.office_id as attending, k.located_in, k.office_id, k.name, k.first_day::text as first_day, k.last_day::text as last_day"
        "  from (select (select m.office_id from care_team_member m where m.municipality = $1 and m.patient_id = $2::uuid and m.seat = 1"
        "                   and m.ended_at is null order by m.member_id limit 1) as office_id) a"
        "  left join lateral (" CLOSED ("k.located_in = $1") " union all " CLOSED ("k.office_id = a.office_id") ") k on true"
        " order by k.first_day, k.closure_id" },
    /* 3: holidays, the band that a closure makes longer */
    [PUT] = { "night_closure_put",
        "with kept as ("
        "    insert into closure as t (closure_id, located_in, office_id, first_day, last_day, name, removed, version)"
        "    values ($1::uuid, $2, $3::uuid, $4::date, $5::date, $6, $7::boolean, $8::bigint)"
        "    on conflict (closure_id) do update set located_in = excluded.located_in, office_id = excluded.office_id,"
        "       first_day = excluded.first_day, last_day = excluded.last_day, name = excluded.name, removed = excluded.removed,"
        "       version = excluded.version where t.version < excluded.version"
        "    returning t.located_in, t.office_id"
        "), concerned as ("
        "    select e.municipality, e.patient_id, e.entrust_id from kept k join night_entrust e on e.municipality = k.located_in"
        "    union all"
        "    select e.municipality, e.patient_id, e.entrust_id from kept k"
        "      join care_team_member m on m.office_id = k.office_id and m.seat = 1 and m.ended_at is null"
        "      join night_entrust e on e.municipality = m.municipality and e.patient_id = m.patient_id"
        ")"
        " update night_entrust e set next_at = guard.now () from concerned c"
        "  where e.municipality = c.municipality and e.patient_id = c.patient_id and e.entrust_id = c.entrust_id"
        "    and e.ended_at is null and e.until_at > guard.now () - interval '2 hours' and 3 = any (e.bands)" },
};

int night_calendar_ask (struct db *db, const char *municipality, const char *patient_id, int64_t from, int64_t until,
                        struct night_asked *ret, struct error *err)
{
    struct db_args args = { 0 };

    ret->municipality = municipality;
    db_text (&args, municipality);
    db_text (&args, patient_id);
    db_time (&args, from);
    db_time (&args, until);
    return db_queue_rows (db, &night_closure_statements[CALENDAR], &args, &ret->rows, err);
}

/* One row at least, without a closure: who attends. */
struct night_calendar night_calendar_take (const struct night_asked *asked, struct arena *arena)
{
    const db_rows *rows = asked->rows;
    struct closure *items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    size_t count = 0;

    for (int i = 0; i < db_count (rows); i++)
        if (!db_is_null (rows, i, "first_day"))
            items[count++] = (struct closure) { .area = db_copy_text (rows, i, "located_in", arena),
                .office_id = db_copy_text (rows, i, "office_id", arena), .name = db_copy_text (rows, i, "name", arena),
                .first_day = day_number_of_text (db_get_text (rows, i, "first_day")),
                .last_day = day_number_of_text (db_get_text (rows, i, "last_day")) };
    return (struct night_calendar) { { items, count }, asked->municipality, db_copy_text (rows, 0, "attending", arena) };
}

int night_calendar_of (struct request *request, const char *municipality, const char *patient_id, int64_t from, int64_t until,
                       struct night_calendar *ret, struct error *err)
{
    struct night_asked asked;

    if (night_calendar_ask (request->db, municipality, patient_id, from, until, &asked, err) < 0 || db_flush (request->db, err) < 0)
        return -1;
    *ret = night_calendar_take (&asked, request->arena);
    return 0;
}

int night_show_closures (struct request *request, const struct night_shown *shown, size_t count, struct error *err)
{
    struct night_asked *asked = arena_alloc (request->arena, (count + 1) * sizeof *asked);

    for (size_t i = 0; i < count; i++) {
        const struct night_entrust_view *entrust = shown[i].entrust;

        if (entrust->has_window_to && night_calendar_ask (request->db, shown[i].municipality, shown[i].patient_id, entrust->window_from,
                                                          entrust->window_to, &asked[i], err) < 0)
            return -1;
    }
    if (db_flush (request->db, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct night_entrust_view *entrust = shown[i].entrust;
        const struct night_window window = { entrust->window_from, entrust->window_to };
        struct night_calendar calendar;

        if (!entrust->has_window_to)
            continue;
        calendar = night_calendar_take (&asked[i], request->arena);
        entrust->closures = night_closures_in (request->arena, &calendar, bits_of_enums (entrust->bands), window);
    }
    return 0;
}

int night_closure_put (struct db *db, const struct closure_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->closure_id);
    db_text (&args, event->municipality);
    db_text (&args, event->office_id);
    db_text (&args, event->first_day);
    db_text (&args, event->last_day);
    db_text (&args, event->name);
    db_flag (&args, event->has_removed && event->removed);
    db_number (&args, version);
    return db_queue (db, &night_closure_statements[PUT], &args, err);
}
