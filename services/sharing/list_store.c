#include "list_store.h"
#include "text.h"

enum { LIST, SEARCH, CALLED, STATEMENT_COUNT };

/* $1 person, $2 office, $3 now, $4 mine, $5 after?, $6 changed_at, $7 patient, $8 most; search: $9 folded, $10 terms;
 * called: $9 key of the telephone.
 * The grounds are those of standing_ground (): by a seat with care_team (4), or as recorder's office, on duty, last resort (2, 8, 16). */
#define OPEN_SQL \
    "with open as (" \
    "    select a.municipality, a.patient_id, bit_or (1 << a.ground) as grounds from access a" \
    "     where a.office_id = $2::uuid and a.from_at <= guard.to_time ($3::bigint)" \
    "       and (a.to_at is null or a.to_at > guard.to_time ($3::bigint))" \
    "     group by a.municipality, a.patient_id" \
    "), seated as (" \
    "    select distinct m.municipality, m.patient_id from care_team_member m" \
    "     where m.person_id = $1::uuid and m.office_id = $2::uuid and m.ended_at is null" \
    ")"
#define MATCHED_SQL(restriction) \
    ", matched as materialized (" \
    "    select p.municipality, p.patient_id, p.changed_at, p.sections, p.head_version, p.place_version," \
    "           o.grounds & case when s.patient_id is null then 26 else 30 end as grounds" \
    "      from open o join patient p on p.municipality = o.municipality and p.patient_id = o.patient_id" \
    "      left join seated s on s.municipality = o.municipality and s.patient_id = o.patient_id" \
           restriction \
    "     where (s.patient_id is not null or not $4::boolean) and o.grounds & case when s.patient_id is null then 26 else 30 end <> 0" \
    "), page as (" \
    "    select * from matched m" \
    "     where not $5::boolean or (m.changed_at, m.patient_id) < (guard.to_time ($6::bigint), $7::uuid)" \
    "     order by m.changed_at desc, m.patient_id desc limit $8::bigint" \
    ")" \
    " select m.patient_id, m.municipality, m.grounds, guard.to_us (m.changed_at) as changed_at, h.name, h.name_kana, h.birth_date::text," \
    "        h.care_level, h.terminal_phase, coalesce (l.kind, 1) as place, coalesce (s.version, 0) as version," \
    "        (select least (count (*), 10000) from matched) as total," \
    "        (select count (*) from generate_series (1, 11) n (section)" \
    "           join lateral (select c.section, c.version, c.written_by from section_version c where c.municipality = m.municipality" \
    "                            and c.patient_id = m.patient_id and c.section = n.section" \
    "                            and c.version = m.sections[n.section] offset 0) v on true" \
    "           left join section_read r on r.municipality = m.municipality and r.patient_id = m.patient_id and r.section = n.section" \
    "                                   and r.person_id = $1::uuid" \
    "          where v.written_by <> $1::uuid and coalesce (r.version, 0) < v.version) as unread" \
    "   from page m" \
    "   join patient_head h on h.municipality = m.municipality and h.patient_id = m.patient_id and h.version = m.head_version" \
    "   left join place l on l.municipality = m.municipality and l.patient_id = m.patient_id and l.version = m.place_version" \
    "   left join subject s on s.id = m.patient_id" \
    "  order by m.changed_at desc, m.patient_id desc"

const struct db_statement list_statements[STATEMENT_COUNT + 1] = {
    [LIST] = { "list_all", OPEN_SQL MATCHED_SQL ("") },
    [SEARCH] = { "list_search",
        OPEN_SQL ", found as ("
        "    select b.municipality, b.patient_id from patient_bigram b"
        "     where b.municipality = any ((select guard.municipalities ())::text[]) and b.bigram = any ($10::text[])"
        "     group by b.municipality, b.patient_id having count (*) = cardinality ($10::text[])"
        ")" MATCHED_SQL (
        "      join found f on f.municipality = o.municipality and f.patient_id = o.patient_id"
        "      join patient_head fh on fh.municipality = p.municipality and fh.patient_id = p.patient_id and fh.version = p.head_version"
        "                          and strpos (fh.folded, $9) > 0") },
    [CALLED] = { "list_called",             /* kind 2: match_key phone */
        OPEN_SQL ", found as ("
        "    select k.municipality, k.patient_id from ems_key k"
        "     where k.municipality = any ((select guard.municipalities ())::text[]) and k.kind = 2 and k.key = $9"
        ")" MATCHED_SQL ("      join found f on f.municipality = o.municipality and f.patient_id = o.patient_id") },
};

static enum ground ground_of (int64_t grounds)
{
    struct standing standing = { .found = true, .grounds = (unsigned) grounds, .seat = true, .roles = ROLE_BIT (ROLE_CARE_MANAGER) };

    return standing_ground (&standing);
}

static void read_line (const db_rows *rows, int row, struct arena *arena, struct list_line *ret)
{
    ret->ground = ground_of (db_get_number (rows, row, "grounds"));
    ret->line = (struct patient_line) {
        .patient_id = db_copy_text (rows, row, "patient_id", arena),
        .name = db_copy_text (rows, row, "name", arena),
        .name_kana = db_copy_text (rows, row, "name_kana", arena),
        .birth_date = db_copy_text (rows, row, "birth_date", arena),
        .municipality = db_copy_text (rows, row, "municipality", arena),
        .care_level = (enum care_level) db_get_number (rows, row, "care_level"),
        .place = (enum place_kind) db_get_number (rows, row, "place"),
        .terminal_phase = db_get_flag (rows, row, "terminal_phase"),
        .version = db_get_number (rows, row, "version"),
        .changed_at = db_get_number (rows, row, "changed_at"),
        .unread = db_get_number (rows, row, "unread"),
    };
}

int list_store_page (struct request *request, const struct list_wanted *wanted, struct list_page *ret, struct error *err)
{
    int which = wanted->phone ? CALLED : wanted->folded && *wanted->folded ? SEARCH : LIST;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    db_flag (&args, wanted->mine);
    db_flag (&args, wanted->after);
    db_number (&args, wanted->after_changed_at);
    db_text (&args, wanted->after ? wanted->after_id : NULL);
    db_number (&args, wanted->most + 1);
    if (which == CALLED)
        db_text (&args, wanted->phone);
    if (which == SEARCH) {
        db_text (&args, wanted->folded);
        db_text_list (&args, request->arena, text_bigrams (request->arena, wanted->folded));
    }
    if (db_run (request->db, &list_statements[which], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->total = ret->count ? db_get_number (rows, 0, "total") : 0;
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        read_line (rows, i, request->arena, &ret->items[i]);
    return 0;
}
