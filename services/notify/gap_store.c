/* gap_store.c - see gap_store.h. */
#include "gap_store.h"
#include "clock.h"

enum { DUE_ROTATIONS, ADD_GAP, DROP_GAPS, CHECKED, CHAINS_OF_ROTATION, DUE_CHAINS, PUT_CHAIN, PUT_SCHEME, TELL_DAILY, TELL_UNREACHABLE,
       LINES, STATE };

#define TODAY(number) "(guard.to_time ($" number "::bigint) at time zone 'Asia/Tokyo')::date"
/* Warned about: within 14 days; from 12/1 to 1/3 whatever touches 12/29-1/3 (roster_gaps.h). */
#define SOON(number) \
    "(g.to_at > guard.to_time ($" number "::bigint)" \
    " and (g.from_at < guard.to_time ($" number "::bigint) + interval '14 days'" \
    "      or (to_char (" TODAY (number) ", 'MMDD') >= '1201' and g.from_at < guard.to_time ($" number "::bigint) + interval '45 days'" \
    "          and exists (select from generate_series ((g.from_at at time zone 'Asia/Tokyo')::date,"\
    "                          ((g.to_at - interval '1 microsecond') at time zone 'Asia/Tokyo')::date, interval '1 day') d" \
    "                       where to_char (d, 'MMDD') >= '1229' or to_char (d, 'MMDD') <= '0103'))))"

/* The newest test call to the number of last_resort l was answered, and is not older than 31 days (DESK_CALL_DAYS, desk_store.h). */
#define DESK_TESTED(number) \
    "coalesce ((select c.answered and c.called_at >= guard.to_time ($" number "::bigint) - interval '31 days' from last_resort_call c" \
    "            where c.located_in = l.located_in and c.phone = l.phone order by c.called_at desc, c.test_id limit 1), false)"

const struct db_statement gap_statements[] = {
    [DUE_ROTATIONS] = { "gap_due_rotations",
        "select coalesce (array_agg (rotation_id::text), '{}') as rotations from ("
        " select r.rotation_id from rotation r left join rotation_check c using (rotation_id)"
        "  where c.rotation_id is null or c.version <> r.version or c.day is null or c.day <> " TODAY ("1")
        "  order by c.checked_at nulls first, r.rotation_id limit $2::bigint) due" },
    [ADD_GAP] = { "gap_add",
        "insert into roster_gap as g (rotation_id, kind, from_at, to_at, person_id)"
        " values ($1::uuid, $2::smallint, guard.to_time ($3::bigint), guard.to_time ($4::bigint), $5::uuid)"
        " on conflict (rotation_id, kind, from_at) do update set to_at = excluded.to_at,"
        "        told = g.told and g.person_id is not distinct from excluded.person_id, person_id = excluded.person_id" },
    [DROP_GAPS] = { "gap_drop",
        "delete from roster_gap where rotation_id = $1::uuid"
        "   and not exists (select from unnest ($2::bigint[], $3::bigint[]) n (kind, from_us)"
        "                    where n.kind = roster_gap.kind and guard.to_time (n.from_us) = roster_gap.from_at)" },
    [CHECKED] = { "gap_checked",
        "insert into rotation_check (rotation_id, version, day, checked_at)"
        " values ($1::uuid, $2::bigint, " TODAY ("3") ", guard.to_time ($3::bigint))"
        " on conflict (rotation_id) do update set version = excluded.version, day = excluded.day, checked_at = excluded.checked_at" },
    [CHAINS_OF_ROTATION] = { "gap_chains_of_rotation",
        "update chain_check c set day = null where day is not null"
        "   and (c.municipality, c.patient_id) in (select r.municipality, r.patient_id from chain_row r where r.rotation_id = $1::uuid)" },
    [DUE_CHAINS] = { "gap_due_chains",
        "select municipality, patient_id from chain_check where day is null or day <> " TODAY ("1")
        " order by day nulls first, municipality, patient_id limit $2::bigint" },
    [PUT_CHAIN] = { "gap_put_chain",
        "update chain_check set day = " TODAY ("3") ", in_use = $4::boolean, doctors = $5::integer,"
        "       gap_from = guard.to_time ($6::bigint), gap_to = guard.to_time ($7::bigint), yearend_from = guard.to_time ($8::bigint),"
        "       yearend_to = guard.to_time ($9::bigint)"
        " where municipality = $1 and patient_id = $2::uuid" },
    [PUT_SCHEME] = { "gap_put_scheme",
        "with gone as (delete from chain_scheme where municipality = $1 and patient_id = $2::uuid"
        "                 and office_id <> all ($3::text[]::uuid[]))"
        " insert into chain_scheme as s (municipality, patient_id, office_id, from_at, to_at)"
        " select $1, $2::uuid, n.office_id::uuid, guard.to_time (n.from_us), guard.to_time (n.to_us)"
        "   from unnest ($3::text[], $4::bigint[], $5::bigint[]) n (office_id, from_us, to_us)"
        " on conflict (municipality, patient_id, office_id) do update set from_at = excluded.from_at, to_at = excluded.to_at" },
    [TELL_DAILY] = { "gap_tell_daily",
        "with bad as ("
        " select r.located_in from roster_gap g join rotation r using (rotation_id) where " SOON ("1")
        " union select located_in from chain_gap_counts () where kind = 5"
        " union select o.located_in from office_phones g join office o using (office_id)"
        "        where g.silent_from < guard.to_time ($1::bigint) + interval '14 days' and office_is_relied_on (o.office_id)"
        " union select located_in from chain_scheme_counts () where from_at < guard.to_time ($1::bigint) + interval '14 days'"
        " union select c.located_in from (select distinct municipality as located_in from chain_check where in_use) c"
        "        where not exists (select from last_resort l where l.located_in = c.located_in and " DESK_TESTED ("1") ")"
        " ), told as ("
        " insert into gap_told (located_in, day) select located_in, " TODAY ("1") " from bad on conflict do nothing returning located_in)"
        " select coalesce (array_agg (located_in order by located_in), '{}') as areas from told" },
    [TELL_UNREACHABLE] = { "gap_tell_unreachable",
        "with told as ("
        " update roster_gap g set told = true from rotation r"
        "  where r.rotation_id = g.rotation_id and g.kind = 3 and not g.told and " SOON ("1") " returning r.located_in)"
        " select coalesce (array_agg (distinct located_in), '{}') as areas from told" },
    [LINES] = { "gap_lines",
        "select g.kind, r.located_in, g.rotation_id, r.name as rotation, null::uuid as patient_id, guard.to_us (g.from_at) as from_at,"
        "       guard.to_us (g.to_at) as to_at, g.person_id,"
        "       case when $5::boolean then (select m.name from membership m where m.person_id = g.person_id"
        "                                    order by m.version desc limit 1) end as name, null::bigint as people, null::uuid as office_id,"
        "       null as office"
        "  from roster_gap g join rotation r using (rotation_id)"
        " where g.to_at > guard.to_time ($2::bigint) and g.from_at < guard.to_time ($3::bigint) and ($1::text is null or r.located_in = $1)"
        " union all"
        " select case when c.doctors < 2 then 5 else 4 end, c.municipality, null, null, c.patient_id,"
        "        guard.to_us (coalesce (c.gap_from, guard.now ())), guard.to_us (coalesce (c.gap_to, guard.now () + interval '365 days')),"
        "        null, null, null, null, null"
        "   from chain_check c where c.in_use and (c.doctors < 2 or c.gap_to > guard.to_time ($2::bigint))"
        "    and ($1::text is null or c.municipality = $1)"
        " union all"
        " select k.kind, k.located_in, null, null, null, guard.to_us (k.from_at), guard.to_us (k.to_at), null, null, k.people, null, null"
        "   from chain_gap_counts () k where ($1::text is null or k.located_in = $1)"
        " union all"
        " select 8, s.municipality, null, null, s.patient_id, guard.to_us (s.from_at), guard.to_us (s.to_at), null, null, null,"
        "        s.office_id, o.name"
        "   from chain_scheme s join chain_check c on c.municipality = s.municipality and c.patient_id = s.patient_id and c.in_use"
        "   left join office o on o.office_id = s.office_id"
        "  where s.to_at > guard.to_time ($2::bigint) and s.from_at < guard.to_time ($3::bigint)"
        "    and ($1::text is null or s.municipality = $1)"
        " union all"
        " select 8, k.located_in, null, null, null, guard.to_us (k.from_at), guard.to_us (k.to_at), null, null, k.people, k.office_id,"
        "        o.name"
        "   from chain_scheme_counts () k left join office o on o.office_id = k.office_id"
        "  where k.from_at < guard.to_time ($3::bigint) and ($1::text is null or k.located_in = $1)"
        " union all"
        " select 10, o.located_in, null, null, null, guard.to_us (g.silent_from), guard.to_us (g.silent_to), null, null, null, o.office_id, o.name"
        "   from office_phones g join office o using (office_id)"
        "  where g.silent_to > guard.to_time ($2::bigint) and g.silent_from < guard.to_time ($3::bigint)"
        "    and ($1::text is null or o.located_in = $1) and office_is_relied_on (o.office_id)"
        " union all"
        " select 7, m.code, null, null, null, $2::bigint, $3::bigint, null, null, null, null, null from municipality m"
        "  where ($1::text is null or m.code = $1) and exists (select from rotation r where r.located_in = m.code)"
        "    and not exists (select from last_resort l where l.located_in = m.code)"
        " union all"
        " select 9, l.located_in, null, null, null, $2::bigint, $3::bigint, null, null, null, null, null from last_resort l"
        "  where ($1::text is null or l.located_in = $1) and exists (select from rotation r where r.located_in = l.located_in)"
        "    and not " DESK_TESTED ("2")
        " order by from_at, located_in, kind, rotation_id, patient_id, office_id limit $4::bigint" },
    [STATE] = { "gap_state",
        "select guard.to_us ((select min (checked_at) from rotation_check)) as checked_at,"
        "       (select count(*) from chain_check where day is null) as chains" },
    { NULL, NULL },
};

static int run (struct db *db, int statement, const struct db_args *args, db_rows **ret, struct error *err)
{
    return db_run (db, &gap_statements[statement], args, ret, err);
}

static int queue (struct db *db, int statement, const struct db_args *args, struct error *err)
{
    return db_queue (db, &gap_statements[statement], args, err);
}

/* ---- rotations ---------------------------------------------------------------------------------------------------------------------- */

int gap_due_rotations (struct db *db, struct arena *arena, int64_t now, int64_t most, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    db_number (&args, most);
    if (run (db, DUE_ROTATIONS, &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "rotations", arena);
    return 0;
}

static int drop_others (struct db *db, const struct rotation_rule *rule, const struct gaps *gaps, struct error *err)
{
    ARENA (arena);
    int64_t *kinds = arena_alloc (&arena, (gaps->count + 1) * sizeof *kinds), *starts = arena_alloc (&arena, (gaps->count + 1) * sizeof *starts);
    struct db_args args = { 0 };

    for (size_t i = 0; i < gaps->count; i++) {
        kinds[i] = gaps->items[i].kind;
        starts[i] = gaps->items[i].from;
    }
    db_text (&args, rule->rotation_id);
    db_number_list (&args, &arena, (struct i64_list) { .items = kinds, .count = gaps->count });
    db_number_list (&args, &arena, (struct i64_list) { .items = starts, .count = gaps->count });
    return queue (db, DROP_GAPS, &args, err);
}

static int add_gap (struct db *db, const char *rotation_id, const struct gap *gap, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, rotation_id);
    db_number (&args, gap->kind);
    db_time (&args, gap->from);
    db_time (&args, gap->to);
    db_text (&args, gap->person_id);
    return queue (db, ADD_GAP, &args, err);
}

int gap_put_rotation (struct db *db, const struct rotation_rule *rule, const struct gaps *gaps, int64_t now, struct error *err)
{
    struct db_args checked = { 0 }, chains = { 0 };

    if (drop_others (db, rule, gaps, err) < 0)
        return -1;
    for (size_t i = 0; i < gaps->count; i++)
        if (add_gap (db, rule->rotation_id, &gaps->items[i], err) < 0)
            return -1;
    db_text (&checked, rule->rotation_id);
    db_number (&checked, rule->version);
    db_time (&checked, now);
    db_text (&chains, rule->rotation_id);
    return queue (db, CHECKED, &checked, err) < 0 ? -1 : queue (db, CHAINS_OF_ROTATION, &chains, err);
}

/* ---- orders of doctors -------------------------------------------------------------------------------------------------------------- */

int gap_due_chains (struct db *db, struct arena *arena, int64_t now, int64_t most, struct due_chains *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    db_number (&args, most);
    if (run (db, DUE_CHAINS, &args, &rows, err) < 0)
        return -1;
    *ret = (struct due_chains) { arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *ret->items), (size_t) db_count (rows) };
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = (struct due_chain) { db_copy_text (rows, (int) i, "municipality", arena),
                                             db_copy_text (rows, (int) i, "patient_id", arena) };
    return 0;
}

static int put_scheme (struct db *db, const struct due_chain *chain, const struct scheme_gaps *gaps, struct error *err)
{
    ARENA (arena);
    const char **offices = arena_alloc (&arena, (gaps->count + 1) * sizeof *offices);
    int64_t *from = arena_alloc (&arena, (gaps->count + 1) * sizeof *from), *to = arena_alloc (&arena, (gaps->count + 1) * sizeof *to);
    struct db_args args = { 0 };

    for (size_t i = 0; i < gaps->count; i++) {
        offices[i] = gaps->items[i].office_id;
        from[i] = gaps->items[i].from;
        to[i] = gaps->items[i].to;
    }
    db_text (&args, chain->area);
    db_text (&args, chain->patient_id);
    db_text_list (&args, &arena, (struct text_list) { .items = offices, .count = gaps->count });
    db_number_list (&args, &arena, (struct i64_list) { .items = from, .count = gaps->count });
    db_number_list (&args, &arena, (struct i64_list) { .items = to, .count = gaps->count });
    return queue (db, PUT_SCHEME, &args, err);
}

int gap_put_chain (struct db *db, const struct due_chain *chain, const struct chain_found *found, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, chain->area);
    db_text (&args, chain->patient_id);
    db_time (&args, now);
    db_flag (&args, found->in_use);
    db_number (&args, (int64_t) found->doctors);
    db_optional (&args, found->gap.kind != 0, found->gap.from);
    db_optional (&args, found->gap.kind != 0, found->gap.to);
    db_optional (&args, found->yearend.kind != 0, found->yearend.from);
    db_optional (&args, found->yearend.kind != 0, found->yearend.to);
    return queue (db, PUT_CHAIN, &args, err) < 0 ? -1 : put_scheme (db, chain, &found->scheme, err);
}

/* ---- telling ------------------------------------------------------------------------------------------------------------------------ */

int gap_to_tell (struct db *db, struct arena *arena, int64_t now, bool daily, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    if (run (db, daily ? TELL_DAILY : TELL_UNREACHABLE, &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "areas", arena);
    return 0;
}

/* ---- the page ----------------------------------------------------------------------------------------------------------------------- */

static struct roster_gap gap_of (const db_rows *rows, int i, int64_t now, struct arena *arena)
{
    struct roster_gap gap = { .kind = (enum gap_kind) db_get_number (rows, i, "kind"),
        .municipality = db_copy_text (rows, i, "located_in", arena), .rotation_id = db_copy_text (rows, i, "rotation_id", arena),
        .rotation = db_copy_text (rows, i, "rotation", arena), .patient_id = db_copy_text (rows, i, "patient_id", arena),
        .from = db_get_number (rows, i, "from_at"), .to = db_get_number (rows, i, "to_at"),
        .person_id = db_copy_text (rows, i, "person_id", arena), .name = db_copy_text (rows, i, "name", arena),
        .has_people = !db_is_null (rows, i, "people"), .people = db_get_number (rows, i, "people"),
        .office_id = db_copy_text (rows, i, "office_id", arena), .office = db_copy_text (rows, i, "office", arena) };

    gap.yearend = (gap.rotation_id || gap.kind == GAP_KIND_SILENT) && gap_is_yearend (gap.from, gap.to);
    gap.soon = gap.kind == GAP_KIND_FEW_DOCTORS || gap.kind == GAP_KIND_DESK || gap.kind == GAP_KIND_DESK_CALL
        || (gap.rotation_id && gap_is_soon (gap.from, gap.to, now))
        || ((gap.kind == GAP_KIND_SCHEME || gap.kind == GAP_KIND_SILENT || gap.kind == GAP_KIND_NO_DOCTOR)
            && gap.from < now + GAP_SOON_DAYS * 86400LL * SECOND_US);
    return gap;
}

int gap_lines (struct db *db, struct arena *arena, const char *municipality, int64_t now, int64_t to, bool by_name, int64_t most,
               struct roster_gap_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct roster_gap *items;
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_time (&args, now);
    db_time (&args, to);
    db_number (&args, most);
    db_flag (&args, by_name);
    if (run (db, LINES, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 2) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = gap_of (rows, i, now, arena);
    *ret = (struct roster_gap_list) { items, (size_t) db_count (rows) };
    return 0;
}

int gap_state (struct db *db, int64_t *ret_checked_at, int64_t *ret_chains, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (run (db, STATE, &args, &rows, err) < 0)
        return -1;
    *ret_checked_at = db_get_number (rows, 0, "checked_at");
    *ret_chains = db_get_number (rows, 0, "chains");
    return 0;
}
