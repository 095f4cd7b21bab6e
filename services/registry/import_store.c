/* import_store.c - SQL of the import job: see import_store.h. */
#include "import_store.h"
#include "ids.h"
#include "japan.h"
#include "messages.h"
#include "text.h"

enum { NEXT, SAVE, BASE, PIECE, COUNT, PROBLEMS, KINDS, COVERAGE, NEWER, NOTE, STAGED, FORGET, WRITE, WRITE_EVENTS, LIST_ABSENT, MARK_ABSENT,
       ABSENT_EVENTS, CLEAN, EXPIRE, PARTIAL, STATEMENT_COUNT };

/* Nobody analyses tables that fill and empty within seconds: each look into them is a sub-select that can only go by index. */
#define KINDS_IN_FILE "any ((select i.kinds from import i where i.municipality = $3 and i.import_id = $1::uuid)::text[])"
#define PLACE_IN_FILE(code)                                                                                                               \
    "coalesce ((select c.added + c.changed + c.unchanged > 0 from import_count c where c.municipality = $3 and c.import_id = $1::uuid"    \
    "            and c.located_in = " code " limit 1), false)"

/* An "is null or" here is no range of an index once the plan is a generic one: every page would begin at the first facility. */
#define FROM_HERE "coalesce ($4::uuid, '00000000-0000-0000-0000-000000000000')"

/* One event for each picked facility.  Versions are raised by the statement before: a join of two results of one statement would go by
 * guesses, this one goes by index. */
#define RAISE_VERSIONS                                                                                                                    \
    "insert into subject (id, version) select p.facility_id, 1 from picked p"                                                             \
    " on conflict (id) do update set version = subject.version + 1"
#define LOG_EVENTS(actor, now)                                                                                                            \
    "insert into event_log (subject, version, id, incarnation, type, municipality, actor, at, payload)"                                   \
    " select s.id, s.version, p.event_id, (select guard.incarnation ()), 'jp.renkei.registry.facility_changed.v1',"                       \
    "        f.municipality, " actor "::uuid, guard.to_time (" now "::bigint), p.event"

#define COLUMNS                                                                                                                           \
    "number, service, located_in, name, name_kana, address, building, latitude, longitude, phone, phone_doubtful, fax,"                   \
    " corporation_number, corporation_name, days, days_note, capacity, url, email, shared_service, care_standard, disability_standard,"   \
    " remark, extra, provenance, content, search, sort_key, grams, scheme, postal_code, valid_from, valid_until"

const struct db_statement import_statements[] = {
    [NEXT] = { "import_next",
        "select i.* from import i where i.phase not in ('wait', 'end') order by i.started_at limit 1 for update skip locked" },
    [SAVE] = { "import_save",
        "update import set state = $3, phase = $4, encoding = $5, header = $6, why = $7, at = $8::bigint, line = $9::bigint,"
        "       written_line = $10::bigint, written = $11::bigint, chunk = $12::int, staged = $13::bigint, base = $14::bigint,"
        "       rows_read = $15::bigint, added = $16::bigint, changed = $17::bigint, unchanged = $18::bigint, refused = $19::bigint,"
        "       doubtful = $20::bigint, absent = $21::bigint, lost_zeros = $22::bigint, phone_is_number = $23::bigint,"
        "       looked_at = $24::uuid"
        " where municipality = $1 and import_id = $2::uuid" },
    [BASE] = { "import_base", "select count(*) as done from import where state = 'done'" },
    [PIECE] = { "import_piece",
        "select p.start, p.bytes from upload_part p where p.municipality = $1 and p.upload_id = $2::uuid"
        "   and p.start > $3::bigint - 262144 and p.start < $3::bigint + $4::bigint order by p.start" },
    [COUNT] = { "import_count",
        "insert into import_count (municipality, import_id, located_in, name, added, changed, unchanged, refused, doubtful)"
        " select $1, $2::uuid, t.* from unnest ($3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[]) t"
        " on conflict (municipality, import_id, located_in) do update set added = import_count.added + excluded.added,"
        "    changed = import_count.changed + excluded.changed, unchanged = import_count.unchanged + excluded.unchanged,"
        "    refused = import_count.refused + excluded.refused, doubtful = import_count.doubtful + excluded.doubtful" },
    [PROBLEMS] = { "import_problems",
        "insert into import_problem (municipality, import_id, line, title, value, reason, refused)"
        " select $1, $2::uuid, p.line, p.title, nullif (p.value, ''), p.reason, p.refused"
        "   from unnest ($3::bigint[], $4::text[], $5::text[], $6::text[], $7::boolean[]) as p (line, title, value, reason, refused)" },
    [COVERAGE] = { "import_coverage",
        "with known as materialized (select distinct f.located_in from facility f"
        "                             where f.source = $2 and f.not_in_latest is null and f.service = " KINDS_IN_FILE
        "                             and left (f.located_in, 2) in (select left (c.located_in, 2) from import_count c"
        "                                                             where c.municipality = $3 and c.import_id = $1::uuid)),"
        " missing as materialized (select k.located_in from known k where not " PLACE_IN_FILE ("k.located_in") ")"
        " select (select count(*) from known) as known, (select count(*) from missing) as missing,"
        "        array (select concat_ws (' ', m.located_in, p.prefecture || p.name) from missing m left join facility_place p using (located_in)"
        "                order by m.located_in limit 100) as names" },
    [NEWER] = { "import_newer",
        "select max (o.source_date)::text as newest from import i"
        "  join import o on o.profile = i.profile and o.state = 'done' and o.source_date > i.source_date and o.kinds && i.kinds"
        " where i.municipality = $1 and i.import_id = $2::uuid"
        "   and exists (select from import_count c join import_count d on d.municipality = o.municipality and d.import_id = o.import_id"
        "                                                              and d.located_in = c.located_in"
        "                where c.municipality = i.municipality and c.import_id = i.import_id)" },
    [KINDS] = { "import_kinds",
        "update import set kinds = array (select distinct k from unnest (kinds || $3::text[]) k order by k)"
        " where municipality = $1 and import_id = $2::uuid and not kinds @> $3::text[]" },
    [NOTE] = { "import_note",
        "insert into import_problem (municipality, import_id, line, title, value, reason, refused) values ($1, $2::uuid, 1, $3, $4, $5, false)" },
    [STAGED] = { "import_staged", "select count(*) as staged from import_row where import_id = $1::uuid" },
    [FORGET] = { "import_forget",
        "with r as (delete from import_row where import_id = $2::uuid),"
        " c as (delete from import_count where municipality = $1 and import_id = $2::uuid),"
        " f as (delete from import_refused where municipality = $1 and import_id = $2::uuid)"
        " delete from import_problem where municipality = $1 and import_id = $2::uuid" },
    [WRITE_EVENTS] = { "import_write_events",
        LOG_EVENTS ("$4", "$5")
        "  from import_row p join subject s on s.id = p.facility_id join facility f on f.facility_id = p.facility_id"
        " where p.import_id = $1::uuid and p.line > $2::bigint and p.line <= $3::bigint and p.kind <> 'u'" },
    [WRITE] = { "import_write",
        "with picked as materialized ("
        "  select r.*, coalesce (m.code, c.code) as curator from import_row r"
        "    left join municipality m on m.code = r.located_in and m.in_region"
        "    left join municipality c on c.code = r.city and c.in_region"
        "   where r.import_id = $1::uuid and r.line > $2::bigint and r.kind <> 'u' order by r.line limit $3::int),"
        " written as (insert into facility (facility_id, municipality, source, " COLUMNS ")"
        "   select p.facility_id, p.curator, $4, " COLUMNS " from picked p"
        "   on conflict (facility_id) do update set (municipality, source, not_in_latest, " COLUMNS ") ="
        "   row (excluded.municipality, excluded.source, null, excluded.number, excluded.service, excluded.located_in, excluded.name,"
        "     excluded.name_kana, excluded.address, excluded.building, excluded.latitude, excluded.longitude, excluded.phone,"
        "     excluded.phone_doubtful, excluded.fax, excluded.corporation_number, excluded.corporation_name, excluded.days,"
        "     excluded.days_note, excluded.capacity, excluded.url, excluded.email, excluded.shared_service, excluded.care_standard,"
        "     excluded.disability_standard, excluded.remark, excluded.extra, excluded.provenance, excluded.content, excluded.search,"
        "     excluded.sort_key, excluded.grams, excluded.scheme, excluded.postal_code, excluded.valid_from, excluded.valid_until)),"
        " raised as (" RAISE_VERSIONS "),"
        " placed as (insert into facility_place (located_in, prefecture, name)"
        "   select distinct on (p.located_in) p.located_in, p.prefecture, p.place from picked p where p.place <> ''"
        "    order by p.located_in, p.line desc"
        "   on conflict (located_in) do update set prefecture = excluded.prefecture, name = excluded.name"
        "    where (facility_place.prefecture, facility_place.name) <> (excluded.prefecture, excluded.name)),"
        " served as (insert into facility_service (service, folded, count)"
        "   select p.service, min (p.service_folded), count(*) filter (where p.kind = 'n') from picked p group by p.service"
        "   on conflict (service) do update set count = facility_service.count + excluded.count where excluded.count > 0)"
        " select count(*) as rows, coalesce (max (p.line), 0) as line from picked p" },
    [LIST_ABSENT] = { "import_list_absent",
        "with page as materialized ("
        "  select f.facility_id, f.located_in, f.service,"
        "         f.source = $2 and f.not_in_latest is null and f.service = " KINDS_IN_FILE " as wanted"
        "    from facility f where f.facility_id > " FROM_HERE " order by f.facility_id limit $5::int)"
        " select l.facility_id as last, p.facility_id, p.located_in, p.service"
        "   from (select facility_id from page order by facility_id desc limit 1) l"
        "   left join page p on p.wanted"
        "    and (select r.line from import_row r where r.import_id = $1::uuid and r.facility_id = p.facility_id limit 1) is null"
        "    and " PLACE_IN_FILE ("p.located_in") },
    [MARK_ABSENT] = { "import_mark_absent",
        "with picked as materialized (select u.facility_id from unnest ($1::uuid[]) as u (facility_id)),"
        " raised as (" RAISE_VERSIONS ")"
        " update facility set not_in_latest = coalesce ($2::date, (guard.to_time ($3::bigint) at time zone 'Asia/Tokyo')::date)"
        "  where facility_id = any ($1::uuid[])" },
    [ABSENT_EVENTS] = { "import_absent_events",
        LOG_EVENTS ("$4", "$5")
        "  from unnest ($1::uuid[], $2::uuid[], $3::bytea[]) as p (facility_id, event_id, event)"
        "  join subject s on s.id = p.facility_id join facility f on f.facility_id = p.facility_id" },
    [CLEAN] = { "import_clean",
        "with gone as (delete from import_row where ctid in (select r.ctid from import_row r where r.import_id = $1::uuid limit 20000) returning 1)"
        " select count(*) as rows from gone" },
    [EXPIRE] = { "import_expire",
        "delete from import_row r using import i where i.import_id = r.import_id and i.phase = 'wait'"
        "   and i.started_at < guard.now () - interval '2 days'" },
    [PARTIAL] = { "import_partial", "update import set partial = true where municipality = $1 and import_id = $2::uuid" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

static int run_number (struct db *db, int statement, struct db_args *args, const char *column, int64_t *ret, struct error *err)
{
    DB_ROWS (rows);

    if (db_run (db, &import_statements[statement], args, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, column);
    return 0;
}

static void take_numbers (const db_rows *rows, struct import *ret)
{
    ret->force = db_get_flag (rows, 0, "force");
    ret->partial = db_get_flag (rows, 0, "partial");
    ret->at = db_get_number (rows, 0, "at");
    ret->size = db_get_number (rows, 0, "size");
    ret->line = db_get_number (rows, 0, "line");
    ret->written_line = db_get_number (rows, 0, "written_line");
    ret->written = db_get_number (rows, 0, "written");
    ret->chunk = db_get_number (rows, 0, "chunk");
    ret->staged = db_get_number (rows, 0, "staged");
    ret->base = db_get_number (rows, 0, "base");
    ret->rows_read = db_get_number (rows, 0, "rows_read");
    ret->added = db_get_number (rows, 0, "added");
    ret->changed = db_get_number (rows, 0, "changed");
    ret->unchanged = db_get_number (rows, 0, "unchanged");
    ret->refused = db_get_number (rows, 0, "refused");
    ret->doubtful = db_get_number (rows, 0, "doubtful");
    ret->absent = db_get_number (rows, 0, "absent");
    ret->lost_zeros = db_get_number (rows, 0, "lost_zeros");
    ret->phone_is_number = db_get_number (rows, 0, "phone_is_number");
}

int import_store_next (struct db *db, struct arena *arena, bool *ret_found, struct import *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (db, &import_statements[NEXT], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) == 1;
    if (!*ret_found)
        return 0;
    *ret = (struct import) {
        .municipality = db_copy_text (rows, 0, "municipality", arena), .import_id = db_copy_text (rows, 0, "import_id", arena),
        .upload_id = db_copy_text (rows, 0, "upload_id", arena), .profile = db_copy_text (rows, 0, "profile", arena),
        .source_date = db_copy_text (rows, 0, "source_date", arena), .encoding = db_copy_text (rows, 0, "encoding", arena),
        .state = db_copy_text (rows, 0, "state", arena), .phase = db_copy_text (rows, 0, "phase", arena),
        .header = db_copy_text (rows, 0, "header", arena), .why = db_copy_text (rows, 0, "why", arena),
        .run_by = db_copy_text (rows, 0, "run_by", arena), .looked_at = db_copy_text (rows, 0, "looked_at", arena),
    };
    take_numbers (rows, ret);
    return 0;
}

int import_store_save (struct db *db, const struct import *import, struct error *err)
{
    const char *const texts[] = { import->municipality, import->import_id, import->state, import->phase, import->encoding, import->header,
                                  import->why };
    const int64_t numbers[] = { import->at, import->line, import->written_line, import->written, import->chunk, import->staged, import->base,
                                import->rows_read, import->added, import->changed, import->unchanged, import->refused, import->doubtful,
                                import->absent, import->lost_zeros, import->phone_is_number };
    struct db_args args = { 0 };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        db_text (&args, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        db_number (&args, numbers[i]);
    db_text (&args, import->looked_at);
    return db_queue_expect (db, &import_statements[SAVE], &args, 1, ERROR_BUG, err);
}

int import_store_base (struct db *db, int64_t *ret, struct error *err)
{
    struct db_args args = { 0 };

    return run_number (db, BASE, &args, "done", ret, err);
}

int import_store_piece (struct db *db, struct arena *arena, const struct import *import, int64_t offset, int64_t most, struct bytes *ret,
                        struct error *err)
{
    unsigned char *piece = arena_alloc (arena, (size_t) most);
    struct db_args args = { 0 };
    int64_t reached = offset;
    DB_ROWS (rows);

    db_text (&args, import->municipality);
    db_text (&args, import->upload_id);
    db_number (&args, offset);
    db_number (&args, most);
    if (db_run (db, &import_statements[PIECE], &args, &rows, err) < 0)
        return -1;
    for (int row = 0; row < db_count (rows); row++) {
        struct bytes part = db_copy_bytes (rows, row, "bytes", arena);
        int64_t start = db_get_number (rows, row, "start"), end = start + (int64_t) part.size;

        if (start > reached || end <= reached)
            continue;
        end = end > offset + most ? offset + most : end;
        memcpy (piece + (reached - offset), part.data + (reached - start), (size_t) (end - reached));
        reached = end;
    }
    *ret = (struct bytes) { piece, (size_t) (reached - offset) };
    return 0;
}

static void both_keys (struct db_args *args, const struct import *import)
{
    db_text (args, import->municipality);
    db_text (args, import->import_id);
}

int import_store_count (struct db *db, struct arena *arena, const struct import *import, const struct import_tally *tallies, size_t count,
                        struct error *err)
{
    const char **codes = arena_alloc (arena, (count + 1) * sizeof *codes), **names = arena_alloc (arena, (count + 1) * sizeof *names);
    int64_t *numbers[5];
    struct db_args args = { 0 };

    for (int i = 0; i < 5; i++)
        numbers[i] = arena_alloc (arena, (count + 1) * sizeof *numbers[i]);
    for (size_t i = 0; i < count; i++) {
        codes[i] = tallies[i].located_in;
        names[i] = tallies[i].name;
        numbers[0][i] = tallies[i].added;
        numbers[1][i] = tallies[i].changed;
        numbers[2][i] = tallies[i].unchanged;
        numbers[3][i] = tallies[i].refused;
        numbers[4][i] = tallies[i].doubtful;
    }
    both_keys (&args, import);
    db_text_list (&args, arena, (struct text_list) { codes, count });
    db_text_list (&args, arena, (struct text_list) { names, count });
    for (int i = 0; i < 5; i++)
        db_number_list (&args, arena, (struct i64_list) { numbers[i], count });
    return count ? db_queue (db, &import_statements[COUNT], &args, err) : 0;
}

int import_store_problems (struct db *db, struct arena *arena, const struct import *import, const struct import_row *rows, size_t count,
                           struct error *err)
{
    size_t room = 0, used = 0;
    const char **titles, **values, **reasons, **refusals;
    int64_t *lines;
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++)
        room += (size_t) rows[i].read->problem_count;
    titles = arena_alloc (arena, (4 * room + 1) * sizeof *titles);
    values = titles + room;
    reasons = values + room;
    refusals = reasons + room;
    lines = arena_alloc (arena, (room + 1) * sizeof *lines);
    for (size_t i = 0; i < count; i++)
        for (int j = 0; j < rows[i].read->problem_count; j++, used++) {
            const struct row_problem *problem = &rows[i].read->problems[j];

            lines[used] = rows[i].read->line;
            titles[used] = text_cut (arena, problem->column, 120);
            values[used] = problem->value ? problem->value : "";
            reasons[used] = problem->reason;
            refusals[used] = problem->refused ? "t" : "f";
        }
    both_keys (&args, import);
    db_number_list (&args, arena, (struct i64_list) { lines, used });
    db_text_list (&args, arena, (struct text_list) { titles, used });
    db_text_list (&args, arena, (struct text_list) { values, used });
    db_text_list (&args, arena, (struct text_list) { reasons, used });
    db_text_list (&args, arena, (struct text_list) { refusals, used });
    return used ? db_queue (db, &import_statements[PROBLEMS], &args, err) : 0;
}

int import_store_partial (struct db *db, const struct import *import, struct error *err)
{
    struct db_args args = { 0 };

    both_keys (&args, import);
    return db_queue (db, &import_statements[PARTIAL], &args, err);
}

int import_store_kinds (struct db *db, struct arena *arena, const struct import *import, struct text_list kinds, struct error *err)
{
    struct db_args args = { 0 };

    both_keys (&args, import);
    db_text_list (&args, arena, kinds);
    return db_queue (db, &import_statements[KINDS], &args, err);
}

/* $1 … $3 of what looks at the whole file */
static void file_args (struct db_args *args, const struct import *import)
{
    db_text (args, import->import_id);
    db_text (args, import->profile);
    db_text (args, import->municipality);
}

int import_store_coverage (struct db *db, struct arena *arena, const struct import *import, int64_t *ret_known, int64_t *ret_missing,
                           struct text_list *ret_names, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    file_args (&args, import);
    if (db_run (db, &import_statements[COVERAGE], &args, &rows, err) < 0)
        return -1;
    *ret_known = db_get_number (rows, 0, "known");
    *ret_missing = db_get_number (rows, 0, "missing");
    *ret_names = db_copy_text_list (rows, 0, "names", arena);
    return 0;
}

int import_store_newer (struct db *db, struct arena *arena, const struct import *import, const char **ret_newest, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    both_keys (&args, import);
    if (db_run (db, &import_statements[NEWER], &args, &rows, err) < 0)
        return -1;
    *ret_newest = db_copy_text (rows, 0, "newest", arena);
    return 0;
}

int import_store_note (struct db *db, const struct import *import, const char *title, const char *value, const char *reason,
                       struct error *err)
{
    struct db_args args = { 0 };

    both_keys (&args, import);
    db_text (&args, title);
    db_text (&args, value);
    db_text (&args, reason);
    return db_queue (db, &import_statements[NOTE], &args, err);
}

int import_store_staged (struct db *db, const struct import *import, int64_t *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, import->import_id);
    return run_number (db, STAGED, &args, "staged", ret, err);
}

int import_store_forget (struct db *db, const struct import *import, struct error *err)
{
    struct db_args args = { 0 };

    both_keys (&args, import);
    return db_queue (db, &import_statements[FORGET], &args, err);
}

static int write_events (struct job_run *run, const struct import *import, int64_t line, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, import->import_id);
    db_number (&args, import->written_line);
    db_number (&args, line);
    db_text (&args, import->run_by);
    db_time (&args, run->now);
    return db_queue (run->db, &import_statements[WRITE_EVENTS], &args, err);
}

int import_store_write (struct job_run *run, const struct import *import, int64_t *ret_rows, int64_t *ret_line, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, import->import_id);
    db_number (&args, import->written_line);
    db_number (&args, import->chunk);
    db_text (&args, import->profile);
    if (db_run (run->db, &import_statements[WRITE], &args, &rows, err) < 0)
        return -1;
    *ret_rows = db_get_number (rows, 0, "rows");
    *ret_line = db_get_number (rows, 0, "line");
    return *ret_rows ? write_events (run, import, *ret_line, err) : 0;
}

int import_store_absent (struct job_run *run, const struct import *import, const char **ret_last, struct text_list ret[3],
                         struct error *err)
{
    const int pages = 4;                /* looking is cheaper than writing */
    const char **lists[3];
    struct db_args args = { 0 };
    DB_ROWS (rows);

    file_args (&args, import);
    db_text (&args, import->looked_at);
    db_number (&args, pages * import->chunk);
    if (db_run (run->db, &import_statements[LIST_ABSENT], &args, &rows, err) < 0)
        return -1;
    *ret_last = db_count (rows) ? db_copy_text (rows, 0, "last", run->arena) : NULL;
    for (int i = 0; i < 3; i++) {
        lists[i] = arena_alloc (run->arena, ((size_t) db_count (rows) + 1) * sizeof *lists[i]);
        ret[i] = (struct text_list) { lists[i], 0 };
    }
    for (int row = 0; row < db_count (rows) && !db_is_null (rows, row, "facility_id"); row++) {
        lists[0][ret[0].count++] = db_copy_text (rows, row, "facility_id", run->arena);
        lists[1][ret[1].count++] = db_copy_text (rows, row, "located_in", run->arena);
        lists[2][ret[2].count++] = db_copy_text (rows, row, "service", run->arena);
    }
    return 0;
}

static int absent_events (struct job_run *run, const struct import *import, const struct text_list absent[3], struct error *err)
{
    size_t count = absent[0].count;
    const char **event_ids = arena_alloc (run->arena, (2 * count + 1) * sizeof *event_ids), **events = event_ids + count;
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++)
        if (import_event (run->arena, absent[0].items[i], absent[1].items[i], absent[2].items[i], &event_ids[i], &events[i], err) < 0)
            return -1;
    db_text_list (&args, run->arena, absent[0]);
    db_text_list (&args, run->arena, (struct text_list) { event_ids, count });
    db_text_list (&args, run->arena, (struct text_list) { events, count });
    db_text (&args, import->run_by);
    db_time (&args, run->now);
    return db_queue (run->db, &import_statements[ABSENT_EVENTS], &args, err);
}

int import_store_mark_absent (struct job_run *run, const struct import *import, const struct text_list absent[3], struct error *err)
{
    struct db_args args = { 0 };

    if (absent[0].count == 0)
        return 0;
    db_text_list (&args, run->arena, absent[0]);
    db_text (&args, import->source_date);
    db_time (&args, run->now);
    if (db_queue (run->db, &import_statements[MARK_ABSENT], &args, err) < 0)
        return -1;
    return absent_events (run, import, absent, err);
}

int import_store_clean (struct db *db, const struct import *import, int64_t *ret_rows, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, import->import_id);
    return run_number (db, CLEAN, &args, "rows", ret_rows, err);
}

int import_store_expire (struct db *db, struct error *err)
{
    struct db_args args = { 0 };

    return db_queue (db, &import_statements[EXPIRE], &args, err);
}
