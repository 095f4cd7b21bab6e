/* projection_store.c - see projection_store.h. */
#include "projection_store.h"
#include "bits.h"

enum { PUT_MUNICIPALITY, PUT_OFFICE, PUT_MEMBERSHIP, DROP_PROXY, PUT_AGREEMENT, PUT_CONTACT_POINT, PUT_PATIENT, PUT_CONSENT, EMPTY_TEAM, DOCTORS, ADD_SEAT,
       OFFICERS, REFRESH };

const struct db_statement projection_statements[] = {
    [PUT_MUNICIPALITY] = { "projection_put_municipality",
        "insert into municipality as t (code, name, version) values ($1, $2, $3::bigint)"
        " on conflict (code) do update set name = excluded.name, version = excluded.version where excluded.version >= t.version" },
    [PUT_OFFICE] = { "projection_put_office",
        "insert into office as t (office_id, name, located_in, phone, duty_phone, email, version)"
        " values ($1::uuid, $2, $3, $4, $5, $6, $7::bigint)"
        " on conflict (office_id) do update set name = excluded.name, located_in = excluded.located_in, phone = excluded.phone,"
        "        duty_phone = excluded.duty_phone, email = excluded.email, version = excluded.version"
        "  where excluded.version >= t.version" },
    [PUT_MEMBERSHIP] = { "projection_put_membership",
        "insert into membership as t (membership_id, person_id, name, office_id, located_in, roles, version)"
        " values ($1::uuid, $2::uuid, $3, $4::uuid, $5, $6::bigint, $7::bigint)"
        " on conflict (membership_id) do update set name = excluded.name, roles = excluded.roles, located_in = excluded.located_in,"
        "        version = excluded.version"
        "  where excluded.version >= t.version" },
    [DROP_PROXY] = { "projection_drop_proxy", "select access_drop_proxy ($1::uuid)" },
    [PUT_AGREEMENT] = { "projection_put_agreement",
        "insert into agreement as t (agreement_id, giving, receiving, from_date, to_date, version)"
        " values ($1::uuid, $2, $3, $4::date, $5::date, $6::bigint)"
        " on conflict (agreement_id) do update set giving = excluded.giving, receiving = excluded.receiving,"
        "        from_date = excluded.from_date, to_date = excluded.to_date, version = excluded.version"
        "  where excluded.version >= t.version" },
    [PUT_CONTACT_POINT] = { "projection_put_contact_point",
        "with cured as ("                               /* what failed was the old address */
        "  delete from contact_trouble where contact_point_id = $1::uuid)"
        " insert into contact_point as t (contact_point_id, person_id, kind, address, version, verified, phi_ok)"
        " values ($1::uuid, $2::uuid, $3::smallint, $4, $5::bigint, $6::boolean, coalesce ($7::boolean, false))"
        " on conflict (contact_point_id) do update set person_id = excluded.person_id, kind = excluded.kind, address = excluded.address,"
        "        version = excluded.version, verified = excluded.verified, phi_ok = excluded.phi_ok"
        "  where excluded.version >= t.version" },
    [PUT_PATIENT] = { "projection_put_patient",
        "insert into patient as t (municipality, patient_id, name, name_kana, birth_date, place, place_name, place_phone, phone,"
        "                          terminal_phase, terminal_first_phone, version)"
        " values ($1, $2::uuid, $3, $4, $5::date, $6::smallint, $7, $8, $9, $10::boolean, $11, $12::bigint)"
        " on conflict (municipality, patient_id) do update set name = excluded.name, name_kana = excluded.name_kana,"
        "        birth_date = excluded.birth_date, place = excluded.place, place_name = excluded.place_name,"
        "        place_phone = excluded.place_phone, phone = excluded.phone, terminal_phase = excluded.terminal_phase,"
        "        terminal_first_phone = excluded.terminal_first_phone, version = excluded.version"
        "  where excluded.version >= t.version" },
    [PUT_CONSENT] = { "projection_put_consent",
        "insert into consent as t (municipality, patient_id, scopes, rotations, version)"
        " values ($1, $2::uuid, $3::text[]::smallint[], $4::text[]::uuid[], $5::bigint)"
        " on conflict (municipality, patient_id) do update set scopes = excluded.scopes, rotations = excluded.rotations,"
        "        version = excluded.version"
        "  where excluded.version >= t.version" },
    [DOCTORS] = { "projection_doctors",
        "select coalesce (array_agg (seat || ' ' || person_id order by member_id), '{}') as doctors from team_seat"
        " where municipality = $1 and patient_id = $2::uuid and seat in (1, 2)" },
    [EMPTY_TEAM] = { "projection_empty_team",
        "delete from team_seat where municipality = $1 and patient_id = $2::uuid" },
    [ADD_SEAT] = { "projection_add_seat",
        "insert into team_seat (municipality, patient_id, member_id, seat, person_id, office_id)"
        " values ($1, $2::uuid, $3::uuid, $4::smallint, $5::uuid, $6::uuid)"
        " on conflict (municipality, patient_id, member_id) do nothing" },
    [OFFICERS] = { "projection_officers",              /* bits of municipal_officer; administrator, operator */
        "select coalesce (array_agg (distinct person_id::text), '{}') as people from membership"
        " where (located_in = any ($1::text[]) and roles & 131072 <> 0) or roles & 6291456 <> 0" },
    [REFRESH] = { "projection_refresh_access", "select access_refresh ($1, $2::uuid)" },
    { NULL, NULL },
};

static int put (struct db *db, int statement, const struct db_args *args, struct error *err)
{
    return db_queue (db, &projection_statements[statement], args, err);
}

int projection_put_municipality (struct db *db, const struct municipality_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->code);
    db_text (&args, event->name);
    db_number (&args, version);
    return put (db, PUT_MUNICIPALITY, &args, err);
}

int projection_put_office (struct db *db, const struct office_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->office_id);
    db_text (&args, event->name);
    db_text (&args, event->municipality);
    db_text (&args, event->phone);
    db_text (&args, event->duty_phone);
    db_text (&args, event->email);
    db_number (&args, version);
    return put (db, PUT_OFFICE, &args, err);
}

int projection_put_membership (struct db *db, const struct membership_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 }, person = { 0 };

    db_text (&args, event->membership_id);
    db_text (&args, event->person_id);
    db_text (&args, event->name);
    db_text (&args, event->office_id);
    db_text (&args, event->municipality);
    db_number (&args, bits_of_enums (event->roles));
    db_number (&args, version);
    db_text (&person, event->person_id);
    return put (db, PUT_MEMBERSHIP, &args, err) < 0 ? -1 : put (db, DROP_PROXY, &person, err);
}

int projection_put_agreement (struct db *db, const struct agreement_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->agreement_id);
    db_text (&args, event->giving);
    db_text (&args, event->receiving);
    db_text (&args, event->from);
    db_text (&args, event->to);
    db_number (&args, version);
    return put (db, PUT_AGREEMENT, &args, err);
}

int projection_put_contact_point (struct db *db, const struct contact_point_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->contact_point_id);
    db_text (&args, event->person_id);
    db_number (&args, event->kind);
    db_text (&args, event->address);
    db_number (&args, version);
    db_text (&args, !event->has_verified ? NULL : event->verified ? "true" : "false");
    db_text (&args, !event->has_phi_ok ? NULL : event->phi_ok ? "true" : "false");
    return put (db, PUT_CONTACT_POINT, &args, err);
}

int projection_put_patient (struct db *db, const struct patient_changed *event, int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, event->municipality);
    db_text (&args, event->patient_id);
    db_text (&args, event->name);
    db_text (&args, event->name_kana);
    db_text (&args, event->birth_date);
    db_number (&args, event->place);
    db_text (&args, event->place_name);
    db_text (&args, event->place_phone);
    db_text (&args, event->phone);
    db_flag (&args, event->terminal_phase);
    db_text (&args, event->terminal_first_phone);
    db_number (&args, version);
    return put (db, PUT_PATIENT, &args, err);
}

/* Numbers of choices as a text list, for smallint[]. */
static struct text_list numbers_of (struct arena *arena, struct enum_list list)
{
    const char **items = arena_alloc (arena, (list.count + 1) * sizeof *items);

    for (size_t i = 0; i < list.count; i++)
        items[i] = arena_print (arena, "%d", list.items[i]);
    return (struct text_list) { .items = items, .count = list.count };
}

int projection_put_consent (struct db *db, struct arena *arena, const struct consent_changed *event, const char *municipality,
                            int64_t version, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, event->patient_id);
    db_text_list (&args, arena, numbers_of (arena, event->scopes));
    db_text_list (&args, arena, event->rotations);
    db_number (&args, version);
    return put (db, PUT_CONSENT, &args, err);
}

int projection_doctors (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, struct text_list *ret,
                        struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, patient_id);
    if (db_run (db, &projection_statements[DOCTORS], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "doctors", arena);
    return 0;
}

int projection_put_team (struct db *db, const struct care_team_changed *event, const char *municipality, struct error *err)
{
    struct db_args patient = { 0 };

    db_text (&patient, municipality);
    db_text (&patient, event->patient_id);
    if (put (db, EMPTY_TEAM, &patient, err) < 0)
        return -1;
    for (size_t i = 0; i < event->seats.count; i++) {
        const struct team_seat_state *seat = &event->seats.items[i];
        struct db_args args = { 0 };

        db_text (&args, municipality);
        db_text (&args, event->patient_id);
        db_text (&args, seat->member_id);
        db_number (&args, seat->seat);
        db_text (&args, seat->person_id);
        db_text (&args, seat->office_id);
        if (put (db, ADD_SEAT, &args, err) < 0)
            return -1;
    }
    return 0;
}

int projection_refresh_access (struct db *db, const char *municipality, const char *patient_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    return put (db, REFRESH, &args, err);
}

int projection_officers (struct db *db, struct arena *arena, struct text_list municipalities, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text_list (&args, arena, municipalities);
    if (db_run (db, &projection_statements[OFFICERS], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", arena);
    return 0;
}
