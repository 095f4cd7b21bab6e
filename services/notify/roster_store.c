/* roster_store.c - reading: see roster_store.h.  Changes are in roster_change_store.c. */
#include "roster_store.h"
#include <stdlib.h>
#include "bits.h"
#include "night_rules.h"
#include "office_phone_store.h"
#include "clock.h"

enum { ROTATIONS, ROTATIONS_BY_ID, ABSENCES, PEOPLE, OFFICES, DESK, VERSION, CHAIN, CONSENT, DESKS, ROWS_VERSION };

#define ROTATION_COLUMNS \
    "select r.rotation_id, r.name, r.located_in, r.kind, r.advance, r.anchor::text as anchor, r.handoff_minute, r.day_classes," \
    "       r.from_minute, r.to_minute, r.version, guard.to_us (r.since) as since, r.turn_offset, r.weekdays, r.weeks," \
    "       (select array_agg (m.person_id::text order by m.position) from rotation_member m where m.rotation_id = r.rotation_id) as" \
    "       members," \
    "       (select array_agg (m.office_id::text order by m.position) from rotation_member m where m.rotation_id = r.rotation_id) as" \
    "       offices" \
    "  from rotation r"

/* As is_reachable () of the schema, but for many people at once. */
#define WAKES \
    "c.kind in (4, 5) and c.reachable and not exists (select from contact_trouble t where t.contact_point_id = c.contact_point_id)"

const struct db_statement roster_statements[] = {
    [ROTATIONS] = { "roster_rotations",
        ROTATION_COLUMNS " where $1::text is null or r.located_in = $1 order by r.located_in, r.name, r.rotation_id" },
    [ROTATIONS_BY_ID] = { "roster_rotations_by_id", ROTATION_COLUMNS " where r.rotation_id = any ($1::text[]::uuid[])" },
    [ABSENCES] = { "roster_absences",
        "select person_id, guard.to_us (from_at) as from_at, guard.to_us (to_at) as to_at from absence"
        " where person_id = any ($1::text[]::uuid[]) and removed_at is null"
        "   and to_at > guard.to_time ($2::bigint) and from_at < guard.to_time ($3::bigint)"
        " order by from_at, absence_id" },
    [PEOPLE] = { "roster_people",
        "select distinct on (m.person_id) m.person_id, m.name, m.office_id, o.name as office, coalesce (o.duty_phone, o.phone) as phone,"
        "       not exists (select from membership n where n.person_id = m.person_id and n.roles <> 0) as gone,"
        "       not own.wakes as by_office, not (own.wakes or w.registered) and w.lines <> '{}' as by_hours, w.lines,"
        "       not (own.wakes or w.registered or w.lines <> '{}') as unreachable"
        "  from membership m left join office o on o.office_id = m.office_id"
        "  cross join lateral (select exists (select from contact_point c where c.person_id = m.person_id and " WAKES ") as wakes) own"
        "  cross join lateral (select coalesce (bool_or (p.office_id is null and coalesce (y.duty_phone, y.phone) is not null), false) as registered,"
        "                             coalesce (array_agg (" PHONE_LINE ("p") " order by p.office_id, p.position) filter (where p.office_id is not null), '{}') as lines"
        "                        from membership x join office y using (office_id) left join office_phone p on p.office_id = y.office_id"
        "                       where x.person_id = m.person_id and x.roles <> 0) w"
        " where m.person_id = any ($1::text[]::uuid[])"
        " order by m.person_id, (m.roles & 8) desc, (m.roles <> 0) desc, m.version desc" },
    [OFFICES] = { "roster_offices",
        "select o.office_id, o.name, coalesce (o.duty_phone, o.phone) as phone,"
        "       staff.wakes as staff, w.lines, coalesce (o.duty_phone, o.phone) is null and w.lines = '{}' and not staff.wakes as unreachable"
        "  from office o"
        "  cross join lateral (select exists (select from membership m join contact_point c using (person_id)"
        "                        where m.office_id = o.office_id and m.roles <> 0 and " WAKES ") as wakes) staff"
        "  cross join lateral (select array (select " PHONE_LINE ("p") " from office_phone p where p.office_id = o.office_id"
        "                                     order by p.position) as lines) w"
        " where o.office_id = any ($1::text[]::uuid[])" },
    [DESK] = { "roster_desk", "select office_id, name, phone from last_resort where located_in = $1" },
    [VERSION] = { "roster_version", "select version from roster" },
    /* Each table is named once: row-level security is asked anew for every mention. */
    [CHAIN] = { "roster_chain",
        "select r.version, r.position, r.day_classes, r.weekdays, r.from_minute, r.to_minute, r.tags, r.target, r.person_id, r.rotation_id,"
        "       r.office_id, r.delay_seconds, c.terminal, c.emergency_nursing"
        "  from (select o.municipality, o.patient_id, o.version, o.terminal, o.emergency_nursing from chain o"
        "         where o.patient_id = $1::uuid"
        "           and case when $2::bigint is not null then o.version = $2::bigint"
        "                    else not o.terminal or exists (select from patient p where p.patient_id = $1::uuid and p.terminal_phase) end"
        "         order by o.terminal desc, o.version desc limit 1) c"
        "  join chain_row r using (municipality, patient_id, version)"
        " order by r.line" },
    [CONSENT] = { "roster_consent",
        "select coalesce (1 = any (c.scopes), false) as team,"
        "       case when 4 = any (c.scopes) then c.rotations::text[] else '{}' end as rotations,"
        "       coalesce ((select p.terminal_phase from patient p where p.patient_id = $1::uuid), false) as terminal,"
        "       t.attending[1] as attending, t.attending_person[1] as attending_person, t.deputies, t.deputy_offices, t.stations,"
        "       e.offices::text[] as entrusted, e.from_us::text[] as entrusted_from, e.until_us::text[] as entrusted_until,"
        "       e.bands::text[] as entrusted_bands"
        "  from (select array_agg (s.office_id order by s.member_id) filter (where s.seat = 1) as attending,"
        "               array_agg (s.person_id order by s.member_id) filter (where s.seat = 1) as attending_person,"
        "               array_agg (s.person_id::text order by s.member_id) filter (where s.seat = 2) as deputies,"
        "               array_agg (s.office_id::text order by s.member_id) filter (where s.seat = 2) as deputy_offices,"
        "               array_agg (s.office_id::text order by s.member_id) filter (where s.seat = 4) as stations"
        "          from team_seat s where s.patient_id = $1::uuid and s.seat in (1, 2, 4)) t"
        "  left join consent c on c.patient_id = $1::uuid"
        "  left join night_entrust e on e.patient_id = $1::uuid" },
    [DESKS] = { "roster_desks", "select located_in, name, phone from last_resort order by located_in limit 100" },
    [ROWS_VERSION] = { "roster_rows_version",
        "select r.version, (select max (i.number) from guard.incarnation i) as incarnation from roster_rows r" },
    { NULL, NULL },
};

static struct rotation_rule rotation_of (const db_rows *rows, int i, struct arena *arena)
{
    struct text_list members = db_copy_text_list (rows, i, "members", arena), offices = db_copy_text_list (rows, i, "offices", arena);

    return (struct rotation_rule) {
        .rotation_id = db_copy_text (rows, i, "rotation_id", arena),
        .name = db_copy_text (rows, i, "name", arena),
        .area = db_copy_text (rows, i, "located_in", arena),
        .version = db_get_number (rows, i, "version"),
        .kind = (enum rotation_kind) db_get_number (rows, i, "kind"),
        .advance = (enum rotation_advance) db_get_number (rows, i, "advance"),
        .anchor = day_number_of_text (db_get_text (rows, i, "anchor")),
        .handoff_minute = (int) db_get_number (rows, i, "handoff_minute"),
        .day_classes = (unsigned) db_get_number (rows, i, "day_classes"),
        .from_minute = (int) db_get_number (rows, i, "from_minute"),
        .to_minute = (int) db_get_number (rows, i, "to_minute"),
        .members = members.items,
        .offices = offices.items,
        .since = db_get_number (rows, i, "since"),
        .offset = (int) db_get_number (rows, i, "turn_offset"),
        .weekdays = (unsigned) db_get_number (rows, i, "weekdays"),
        .weeks = (unsigned) db_get_number (rows, i, "weeks"),
        .member_count = members.count < offices.count ? members.count : offices.count,
    };
}

void roster_take_rotations (const db_rows *rows, struct arena *arena, struct rotation_list_of *ret)
{
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = rotation_of (rows, (int) i, arena);
}

int roster_rotations (struct db *db, struct arena *arena, const char *located_in, struct rotation_list_of *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, located_in);
    if (db_run (db, &roster_statements[ROTATIONS], &args, &rows, err) < 0)
        return -1;
    roster_take_rotations (rows, arena, ret);
    return 0;
}

/* Nothing is asked about nobody: *ret stays NULL, which is taken as no rows. */
static int ask_by_ids (struct db *db, int statement, struct arena *arena, struct text_list ids, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    *ret = NULL;
    if (ids.count == 0)
        return 0;
    db_text_list (&args, arena, ids);
    return db_queue_rows (db, &roster_statements[statement], &args, ret, err);
}

int roster_ask_rotations (struct db *db, struct arena *arena, struct text_list ids, db_rows **ret, struct error *err)
{
    return ask_by_ids (db, ROTATIONS_BY_ID, arena, ids, ret, err);
}

int roster_rotations_by_id (struct db *db, struct arena *arena, struct text_list ids, struct rotation_list_of *ret, struct error *err)
{
    db_rows *rows;

    if (roster_ask_rotations (db, arena, ids, &rows, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_rotations (rows, arena, ret);
    return 0;
}

int roster_ask_people (struct db *db, struct arena *arena, struct text_list people, db_rows **ret, struct error *err)
{
    return ask_by_ids (db, PEOPLE, arena, people, ret, err);
}

int roster_ask_offices (struct db *db, struct arena *arena, struct text_list offices, db_rows **ret, struct error *err)
{
    return ask_by_ids (db, OFFICES, arena, offices, ret, err);
}

int roster_ask_absences (struct db *db, struct arena *arena, struct text_list people, int64_t from, int64_t to, db_rows **ret,
                         struct error *err)
{
    struct db_args args = { 0 };

    *ret = NULL;
    if (people.count == 0)
        return 0;
    db_text_list (&args, arena, people);
    db_time (&args, from);
    db_time (&args, to);
    return db_queue_rows (db, &roster_statements[ABSENCES], &args, ret, err);
}

void roster_take_absences (const db_rows *rows, struct arena *arena, struct absence_list_of *ret)
{
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = (struct absence) { .person_id = db_copy_text (rows, (int) i, "person_id", arena),
                                           .from = db_get_number (rows, (int) i, "from_at"), .to = db_get_number (rows, (int) i, "to_at") };
}

int roster_absences (struct db *db, struct arena *arena, struct text_list people, int64_t from, int64_t to, struct absence_list_of *ret,
                     struct error *err)
{
    db_rows *rows;

    if (roster_ask_absences (db, arena, people, from, to, &rows, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_absences (rows, arena, ret);
    return 0;
}

void roster_take_people (const db_rows *rows, struct arena *arena, struct known_people *ret)
{
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = (struct known_person) {
            .person_id = db_copy_text (rows, (int) i, "person_id", arena), .name = db_copy_text (rows, (int) i, "name", arena),
            .office_id = db_copy_text (rows, (int) i, "office_id", arena), .office = db_copy_text (rows, (int) i, "office", arena),
            .phone = db_copy_text (rows, (int) i, "phone", arena), .left = db_get_flag (rows, (int) i, "gone"),
            .unreachable = db_get_flag (rows, (int) i, "unreachable"), .by_office = db_get_flag (rows, (int) i, "by_office"),
            .by_hours = db_get_flag (rows, (int) i, "by_hours"),
            .phones = phone_read (arena, db_copy_text_list (rows, (int) i, "lines", arena)) };
}

int roster_people (struct db *db, struct arena *arena, struct text_list people, struct known_people *ret, struct error *err)
{
    db_rows *rows;

    if (roster_ask_people (db, arena, people, &rows, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_people (rows, arena, ret);
    return 0;
}

void roster_take_offices (const db_rows *rows, struct arena *arena, struct known_offices *ret)
{
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = (struct known_office) { .office_id = db_copy_text (rows, (int) i, "office_id", arena),
            .name = db_copy_text (rows, (int) i, "name", arena), .phone = db_copy_text (rows, (int) i, "phone", arena),
            .unreachable = db_get_flag (rows, (int) i, "unreachable"), .staff = db_get_flag (rows, (int) i, "staff"),
            .phones = phone_read (arena, db_copy_text_list (rows, (int) i, "lines", arena)) };
}

int roster_offices (struct db *db, struct arena *arena, struct text_list offices, struct known_offices *ret, struct error *err)
{
    db_rows *rows;

    if (roster_ask_offices (db, arena, offices, &rows, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_offices (rows, arena, ret);
    return 0;
}

int roster_ask_desk (struct db *db, const char *municipality, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    return db_queue_rows (db, &roster_statements[DESK], &args, ret, err);
}

void roster_take_desk (const db_rows *rows, struct arena *arena, struct desk *ret)
{
    *ret = (struct desk) { 0 };
    if (db_count (rows) > 0)
        *ret = (struct desk) { .office_id = db_copy_text (rows, 0, "office_id", arena), .name = db_copy_text (rows, 0, "name", arena),
                               .phone = db_copy_text (rows, 0, "phone", arena) };
}

int roster_desk (struct db *db, struct arena *arena, const char *municipality, struct desk *ret, struct error *err)
{
    db_rows *rows;

    if (roster_ask_desk (db, municipality, &rows, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_desk (rows, arena, ret);
    return 0;
}

int roster_desks (struct db *db, struct arena *arena, struct desk_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct desk_line *items;
    DB_ROWS (rows);

    if (db_run (db, &roster_statements[DESKS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct desk_line) { .municipality = db_copy_text (rows, i, "located_in", arena),
                                        .name = db_copy_text (rows, i, "name", arena), .phone = db_copy_text (rows, i, "phone", arena) };
    *ret = (struct desk_line_list) { items, (size_t) db_count (rows) };
    return 0;
}

int roster_version (struct db *db, int64_t *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (db, &roster_statements[VERSION], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "version");
    return 0;
}

int roster_ask_rows_version (struct db *db, db_rows **ret, struct error *err)
{
    return db_queue_rows (db, &roster_statements[ROWS_VERSION], &(struct db_args) { 0 }, ret, err);
}

struct rows_version roster_take_rows_version (const db_rows *rows)
{
    return (struct rows_version) { db_get_number (rows, 0, "incarnation"), db_get_number (rows, 0, "version") };
}

static struct chain_row chain_row_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct chain_row) {
        .position = db_get_number (rows, i, "position"),
        .day_classes = enums_of_bits (arena, db_get_number (rows, i, "day_classes")),
        .weekdays = numbers_of_bits (arena, db_get_number (rows, i, "weekdays")),
        .from_minute = db_get_number (rows, i, "from_minute"),
        .to_minute = db_get_number (rows, i, "to_minute"),
        .tags = enums_of_bits (arena, db_get_number (rows, i, "tags")),
        .target = (enum target_kind) db_get_number (rows, i, "target"),
        .person_id = db_copy_text (rows, i, "person_id", arena),
        .rotation_id = db_copy_text (rows, i, "rotation_id", arena),
        .office_id = db_copy_text (rows, i, "office_id", arena),
        .has_delay_seconds = !db_is_null (rows, i, "delay_seconds"),
        .delay_seconds = db_get_number (rows, i, "delay_seconds"),
    };
}

int roster_ask_chain (struct db *db, const char *patient_id, int64_t version, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, patient_id);
    db_optional (&args, version != 0, version);
    return db_queue_rows (db, &roster_statements[CHAIN], &args, ret, err);
}

void roster_take_chain (const db_rows *rows, struct arena *arena, struct resolver_input *ret, int64_t *ret_version)
{
    struct chain_row *items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);

    for (int i = 0; i < db_count (rows); i++)
        items[i] = chain_row_of (rows, i, arena);
    ret->rows = items;
    ret->row_count = (size_t) db_count (rows);
    ret->terminal_rows = db_count (rows) && db_get_flag (rows, 0, "terminal");
    ret->emergency_nursing = db_count (rows) && db_get_flag (rows, 0, "emergency_nursing");
    *ret_version = db_count (rows) ? db_get_number (rows, 0, "version") : 0;
}

int roster_chain (struct db *db, struct arena *arena, const char *patient_id, int64_t version, struct resolver_input *ret,
                  int64_t *ret_version, struct error *err)
{
    db_rows *rows;

    if (roster_ask_chain (db, patient_id, version, &rows, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_chain (rows, arena, ret, ret_version);
    return 0;
}

static void fill_seats (const db_rows *rows, struct arena *arena, struct resolver_input *ret)
{
    struct text_list deputies = db_copy_text_list (rows, 0, "deputies", arena), offices = db_copy_text_list (rows, 0, "deputy_offices", arena);
    struct text_list stations = db_copy_text_list (rows, 0, "stations", arena);
    struct known_seat *seats = arena_alloc (arena, (deputies.count + 1) * sizeof *seats);

    for (size_t i = 0; i < deputies.count && i < offices.count; i++)
        seats[i] = (struct known_seat) { deputies.items[i], offices.items[i] };
    ret->deputies = seats;
    ret->deputy_count = deputies.count < offices.count ? deputies.count : offices.count;
    ret->stations = stations.items;
    ret->station_count = stations.count;
    ret->attending = (struct known_seat) { db_copy_text (rows, 0, "attending_person", arena), ret->attending_office_id };
}

int roster_ask_consent (struct db *db, const char *patient_id, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, patient_id);
    return db_queue_rows (db, &roster_statements[CONSENT], &args, ret, err);
}

/* Without the team's consent nothing that was entrusted holds. */
static void fill_entrusted (const db_rows *rows, struct arena *arena, struct resolver_input *ret)
{
    struct text_list offices, from, until, bands;
    struct night_entrusted *items;

    if (!ret->team_consent || db_is_null (rows, 0, "entrusted"))
        return;
    offices = db_copy_text_list (rows, 0, "entrusted", arena);
    from = db_copy_text_list (rows, 0, "entrusted_from", arena);
    until = db_copy_text_list (rows, 0, "entrusted_until", arena);
    bands = db_copy_text_list (rows, 0, "entrusted_bands", arena);
    ret->entrusted = items = arena_alloc (arena, (offices.count + 1) * sizeof *items);
    for (size_t i = 0; i < offices.count && i < from.count && i < until.count && i < bands.count; i++)
        items[ret->entrusted_count++] = (struct night_entrusted) { offices.items[i], strtoll (from.items[i], NULL, 10),
            strtoll (until.items[i], NULL, 10), strtoull (bands.items[i], NULL, 10) };
}

void roster_take_consent (const db_rows *rows, struct arena *arena, struct resolver_input *ret)
{
    struct text_list rotations = db_copy_text_list (rows, 0, "rotations", arena);

    ret->team_consent = db_get_flag (rows, 0, "team");
    ret->consented_rotations = rotations.items;
    ret->consented_count = rotations.count;
    ret->attending_office_id = db_copy_text (rows, 0, "attending", arena);
    ret->terminal = db_get_flag (rows, 0, "terminal");
    fill_entrusted (rows, arena, ret);
    fill_seats (rows, arena, ret);
}

int roster_consent (struct db *db, struct arena *arena, const char *patient_id, struct resolver_input *ret, struct error *err)
{
    db_rows *rows;

    if (roster_ask_consent (db, patient_id, &rows, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_consent (rows, arena, ret);
    return 0;
}
