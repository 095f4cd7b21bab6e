/* roster_change_store.c - changes of rotations, absences, chains and last resorts; see roster_store.h. */
#include "bits.h"
#include "roster_store.h"

enum { CHANGED, PUT_ROTATION, KEEP_PAST, MOVE_PAST, EMPTY_MEMBERS, ADD_MEMBER, PUT_ABSENCE, SAME_ABSENCE, ABSENCE_PERSON, REMOVE_ABSENCE, RAISE_OF_PERSON,
       PUT_DESK, OPEN_DESK,
       NEXT_CHAIN, ADD_CHAIN_ROW, SHARES_OFFICE };

const struct db_statement roster_change_statements[] = {
    [CHANGED] = { "roster_changed", "update roster set version = version + 1" },
    [PUT_ROTATION] = { "roster_put_rotation",
        "insert into rotation as r (rotation_id, name, located_in, kind, advance, anchor, handoff_minute, day_classes, from_minute,"
        "       to_minute, weekdays, weeks, since, turn_offset, version)"
        " values ($1::uuid, $2, $3, $4::smallint, $5::smallint, $6::date, $7::integer, $8::integer, $9::integer, $10::integer, $11::integer,"
        "         $12::integer, guard.to_time ($13::bigint), $14::integer, 1)"
        " on conflict (rotation_id) do update set name = excluded.name, kind = excluded.kind, advance = excluded.advance,"
        "        anchor = excluded.anchor, handoff_minute = excluded.handoff_minute, day_classes = excluded.day_classes,"
        "        from_minute = excluded.from_minute, to_minute = excluded.to_minute, weekdays = excluded.weekdays, weeks = excluded.weeks,"
        "        since = excluded.since, turn_offset = excluded.turn_offset, version = r.version + 1"
        "  where r.located_in = excluded.located_in"
        " returning version" },
    [KEEP_PAST] = { "roster_keep_past",
        "insert into rotation_past (rotation_id, until_at, since, kind, advance, anchor, handoff_minute, day_classes, weekdays, weeks,"
        "       from_minute, to_minute, turn_offset, members, offices)"
        " select r.rotation_id, guard.to_time ($2::bigint), r.since, r.kind, r.advance, r.anchor, r.handoff_minute, r.day_classes,"
        "        r.weekdays, r.weeks, r.from_minute, r.to_minute, r.turn_offset,"
        "        array (select m.person_id from rotation_member m where m.rotation_id = r.rotation_id order by m.position),"
        "        array (select m.office_id from rotation_member m where m.rotation_id = r.rotation_id order by m.position)"
        "   from rotation r where r.rotation_id = $1::uuid and r.located_in = $3"
        " on conflict do nothing" },
    [MOVE_PAST] = { "roster_move_past",
        "update rotation_past set until_at = guard.to_time ($2::bigint)"
        " where rotation_id = $1::uuid and until_at = guard.to_time ($3::bigint)" },
    [EMPTY_MEMBERS] = { "roster_empty_members", "delete from rotation_member where rotation_id = $1::uuid" },
    [ADD_MEMBER] = { "roster_add_member",
        "insert into rotation_member (rotation_id, position, person_id, office_id) values ($1::uuid, $2::integer, $3::uuid, $4::uuid)" },
    [PUT_ABSENCE] = { "roster_put_absence",
        "insert into absence (absence_id, person_id, from_at, to_at, reason, entered_by)"
        " values ($1::uuid, $2::uuid, guard.to_time ($3::bigint), guard.to_time ($4::bigint), $5, $6::uuid)"
        " on conflict (absence_id) do nothing returning absence_id" },
    [SAME_ABSENCE] = { "roster_same_absence",
        "select exists (select from absence where absence_id = $1::uuid and person_id = $2::uuid and from_at = guard.to_time ($3::bigint)"
        "                 and to_at = guard.to_time ($4::bigint) and removed_at is null) as yes" },
    [ABSENCE_PERSON] = { "roster_absence_person",
        "select person_id from absence where absence_id = $1::uuid and removed_at is null for update" },
    [REMOVE_ABSENCE] = { "roster_remove_absence",
        "update absence set removed_at = guard.now (), removed_by = $2::uuid where absence_id = $1::uuid and removed_at is null" },
    [RAISE_OF_PERSON] = { "roster_raise_of_person",
        "update rotation r set version = r.version + 1"
        " where r.rotation_id in (select m.rotation_id from rotation_member m where m.person_id = $1::uuid)" },
    [PUT_DESK] = { "roster_put_desk",
        "insert into last_resort (located_in, office_id, name, phone, set_by) values ($1, $2::uuid, $3, $4, $5::uuid)"
        " on conflict (located_in) do update set office_id = excluded.office_id, name = excluded.name, phone = excluded.phone,"
        "        set_by = excluded.set_by" },
    [OPEN_DESK] = { "roster_open_desk", "select access_refresh ($1, null)" },
    [NEXT_CHAIN] = { "roster_next_chain",
        "insert into chain (municipality, patient_id, version, set_by, set_at, terminal, emergency_nursing)"
        " select $1, $2::uuid, coalesce ((select max (version) from chain where patient_id = $2::uuid), 0) + 1, $3::uuid,"
        "        guard.to_time ($4::bigint), $5::boolean, $6::boolean"
        " returning version" },
    [ADD_CHAIN_ROW] = { "roster_add_chain_row",
        "insert into chain_row (municipality, patient_id, version, line, position, day_classes, weekdays, from_minute, to_minute,"
        "       tags, target,"
        "                       person_id, rotation_id, office_id, delay_seconds)"
        " values ($1, $2::uuid, $3::bigint, $4::integer, $5::integer, $6::integer, $7::integer, $8::integer, $9::integer, $10::integer,"
        "         $11::smallint, $12::uuid, $13::uuid, $14::uuid, $15::integer)" },
    [SHARES_OFFICE] = { "roster_shares_office",
        "select exists (select from membership where person_id = $1::uuid and office_id = $2::uuid and roles <> 0) as yes" },
    { NULL, NULL },
};

static int queue (struct db *db, int statement, const struct db_args *args, struct error *err)
{
    return db_queue (db, &roster_change_statements[statement], args, err);
}

int roster_changed (struct db *db, struct error *err)
{
    struct db_args args = { 0 };

    return queue (db, CHANGED, &args, err);
}

static int put_members (struct db *db, const struct rotation_put *command, struct error *err)
{
    struct db_args rotation = { 0 };

    db_text (&rotation, command->rotation_id);
    if (queue (db, EMPTY_MEMBERS, &rotation, err) < 0)
        return -1;
    for (size_t i = 0; i < command->members.count; i++) {
        struct db_args args = { 0 };

        db_text (&args, command->rotation_id);
        db_number (&args, (int64_t) i);
        db_text (&args, command->members.items[i]);
        db_text (&args, command->office_ids.items[i]);
        if (queue (db, ADD_MEMBER, &args, err) < 0)
            return -1;
    }
    return 0;
}

static int keep_past (struct db *db, const struct rotation_rule *stored, const struct rotation_rule *rule, const struct rotation_era *era,
                      struct error *err)
{
    struct db_args args = { 0 };

    if (!era->keeps_past && !era->moves_past)
        return 0;
    db_text (&args, rule->rotation_id);
    db_time (&args, era->since);
    if (era->keeps_past)
        db_text (&args, rule->area);
    else
        db_time (&args, stored->since);
    return queue (db, era->keeps_past ? KEEP_PAST : MOVE_PAST, &args, err);
}

int roster_put_rotation (struct db *db, const struct rotation_put *command, const struct rotation_rule *stored,
                         const struct rotation_rule *rule, const struct rotation_era *era, int64_t *ret_version, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, command->rotation_id);
    db_text (&args, command->name);
    db_text (&args, command->municipality);
    db_number (&args, command->kind);
    db_number (&args, command->advance);
    db_text (&args, command->anchor);
    db_number (&args, command->handoff_minute);
    db_number (&args, rule->day_classes);
    db_number (&args, command->from_minute);
    db_number (&args, command->to_minute);
    db_number (&args, rule->weekdays);
    db_number (&args, rule->weeks);
    db_optional (&args, era->since != 0, era->since);
    db_number (&args, era->offset);
    if (keep_past (db, stored, rule, era, err) < 0 || db_run (db, &roster_change_statements[PUT_ROTATION], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_ALREADY_THERE, "/rotation_id", "the rotation belongs to another municipality");
    *ret_version = db_get_number (rows, 0, "version");
    return put_members (db, command, err);
}

/* An id that stands for something else is refused: swallowed, somebody would be asked who believes he is away. */
static int check_same_absence (struct db *db, const struct absence_add *command, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, command->absence_id);
    db_text (&args, command->person_id);
    db_time (&args, command->from);
    db_time (&args, command->to);
    if (db_run (db, &roster_change_statements[SAME_ABSENCE], &args, &rows, err) < 0)
        return -1;
    return db_get_flag (rows, 0, "yes") ? 0 : fail (err, ERROR_ALREADY_THERE, "/absence_id", "the id stands for another absence");
}

int roster_put_absence (struct db *db, const struct absence_add *command, const char *by, int64_t *ret_count, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, command->absence_id);
    db_text (&args, command->person_id);
    db_time (&args, command->from);
    db_time (&args, command->to);
    db_text (&args, command->reason);
    db_text (&args, by);
    if (db_run (db, &roster_change_statements[PUT_ABSENCE], &args, &rows, err) < 0)
        return -1;
    *ret_count = db_count (rows);
    return *ret_count ? 0 : check_same_absence (db, command, err);
}

int roster_absence_person (struct db *db, struct arena *arena, const char *absence_id, const char **ret_person, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, absence_id);
    if (db_run (db, &roster_change_statements[ABSENCE_PERSON], &args, &rows, err) < 0)
        return -1;
    *ret_person = db_count (rows) ? db_copy_text (rows, 0, "person_id", arena) : NULL;
    return 0;
}

int roster_remove_absence (struct db *db, const char *absence_id, const char *by, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, absence_id);
    db_text (&args, by);
    return queue (db, REMOVE_ABSENCE, &args, err);
}

int roster_raise_rotations_of (struct db *db, const char *person_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    return queue (db, RAISE_OF_PERSON, &args, err);
}

int roster_put_desk (struct db *db, const struct last_resort_put *command, const char *by, struct error *err)
{
    struct db_args args = { 0 }, municipality = { 0 };

    db_text (&args, command->municipality);
    db_text (&args, command->office_id);
    db_text (&args, command->name);
    db_text (&args, command->phone);
    db_text (&args, by);
    db_text (&municipality, command->municipality);
    if (queue (db, PUT_DESK, &args, err) < 0)
        return -1;
    return queue (db, OPEN_DESK, &municipality, err);
}

static int add_chain_row (struct db *db, const struct chain_put *command, const char *municipality, int64_t version, size_t line,
                          struct error *err)
{
    const struct chain_row *row = &command->rows.items[line];
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, command->patient_id);
    db_number (&args, version);
    db_number (&args, (int64_t) line);
    db_number (&args, row->position);
    db_number (&args, bits_of_enums (row->day_classes));
    db_number (&args, bits_of_numbers (row->weekdays));
    db_number (&args, row->from_minute);
    db_number (&args, row->to_minute);
    db_number (&args, bits_of_enums (row->tags));
    db_number (&args, row->target);
    db_text (&args, row->person_id);
    db_text (&args, row->rotation_id);
    db_text (&args, row->office_id);
    db_optional (&args, row->has_delay_seconds, row->delay_seconds);
    return queue (db, ADD_CHAIN_ROW, &args, err);
}

int roster_put_chain (struct db *db, const struct chain_put *command, const char *municipality, const char *by, int64_t now,
                      int64_t *ret_version, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, command->patient_id);
    db_text (&args, by);
    db_time (&args, now);
    db_flag (&args, command->has_terminal && command->terminal);
    db_flag (&args, command->has_emergency_nursing && command->emergency_nursing);
    if (db_run (db, &roster_change_statements[NEXT_CHAIN], &args, &rows, err) < 0)
        return -1;
    *ret_version = db_get_number (rows, 0, "version");
    for (size_t i = 0; i < command->rows.count; i++)
        if (add_chain_row (db, command, municipality, *ret_version, i, err) < 0)
            return -1;
    return 0;
}

int roster_shares_office (struct db *db, const char *person_id, const char *office_id, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_text (&args, office_id);
    if (db_run (db, &roster_change_statements[SHARES_OFFICE], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "yes");
    return 0;
}
