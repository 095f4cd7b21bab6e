-- The minimum that fire and ambulance services may be told, and how they find a person (notify-and-ems.md §4.6, EMS-06 … EMS-10).
--
-- A role of its own, renkei_sharing_ems, reads it: its policies show a person only while the consent for fire and ambulance services (scope
-- 3) is in force, in the municipalities the asking partner covers; or one person for one opening without consent, which ems_break_open ()
-- writes down before it opens anything.  To everybody else in that role a person without consent is not there.

grant usage on schema sharing to renkei_sharing_ems;

-- ---- search keys ------------------------------------------------------------------------------------------------------------------------

-- kind: enum match_key.  key: the folded form (ems_keys.c), compared for equality only; written in the transaction that changes the person.
create table ems_key (
    municipality text not null,
    kind smallint not null check (kind between 1 and 5),
    key text not null check (key <> ''),
    patient_id uuid not null,
    primary key (municipality, kind, key, patient_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);
create index ems_key_of_patient on ems_key (municipality, patient_id);

-- By which version of the rules the keys were made; 0: not yet.  Job ems_keys fills them for people who were here before.
alter table patient add column search_rules smallint not null default 0;
create index patient_to_key on patient (patient_id) where search_rules < 1;
grant update (search_rules) on patient to renkei_sharing, renkei_sharing_engine;

-- ---- what a person has prepared ---------------------------------------------------------------------------------------------------------

-- state: enum designation_state.  One hospital at a time.
create table designated_hospital (
    municipality text not null,
    patient_id uuid not null,
    designation_id uuid not null,
    state smallint not null check (state between 1 and 4),
    facility text not null,
    office_id uuid,
    phone text,
    night_phone text,
    parallel_notice boolean not null,
    requested_at timestamptz not null,
    requested_by uuid not null,
    requested_office uuid not null,
    answered_at timestamptz,
    answered_by uuid,
    answered_by_name text,
    reason text,
    ended_at timestamptz,
    ended_by uuid,
    primary key (municipality, patient_id, designation_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);
create unique index designated_hospital_once on designated_hospital (municipality, patient_id) where state in (1, 2);

-- What the paper is and where; the paper itself stays with the person.
create table wish_document (
    municipality text not null,
    patient_id uuid not null,
    document_id uuid not null,
    kind smallint not null,
    written_on date not null,
    issuer smallint not null,
    issuer_name text,
    direction smallint not null,
    assumed_condition text,
    paper_at text,
    recorded_by uuid not null,
    recorded_office uuid not null,
    recorded_at timestamptz not null,
    revoked_on date,
    revoked_at timestamptz,
    revoked_by uuid,
    revoked_reason text,
    primary key (municipality, patient_id, document_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);

-- number: random, as printed.  state: enum card_state; one valid card at a time.
create table card (
    municipality text not null,
    patient_id uuid not null,
    card_id uuid not null,
    number text not null,
    state smallint not null check (state between 1 and 4),
    issued_at timestamptz not null,
    issued_by uuid not null,
    issued_office uuid not null,
    revoked_at timestamptz,
    revoked_by uuid,
    primary key (municipality, patient_id, card_id),
    unique (municipality, number),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);
create unique index card_once on card (municipality, patient_id) where state = 1;

-- When 看取り began or ended, and by which doctor's word; the head's flag says which of the two.
create table terminal_phase (
    municipality text not null,
    patient_id uuid not null,
    head_version bigint not null,
    begun boolean not null,
    since date not null,
    set_by uuid not null,
    set_office uuid not null,
    set_at timestamptz not null,
    primary key (municipality, patient_id, head_version),
    foreign key (municipality, patient_id, head_version) references patient_head (municipality, patient_id, version)
);

-- ---- what has left ------------------------------------------------------------------------------------------------------------------------

-- Looking without consent: allowed by the municipality, or not at all.
create table break_glass_rule (
    municipality text primary key check (municipality <> ''),
    allowed boolean not null,
    set_by uuid not null,
    set_at timestamptz not null
);

create table break_glass (
    municipality text not null,
    patient_id uuid not null,
    break_id uuid not null,
    partner_id uuid not null,
    partner_name text not null check (partner_name <> ''),
    unit text not null check (unit <> ''),
    reason text not null check (reason <> ''),
    incident_id uuid,
    person_id uuid,
    at timestamptz not null,
    until_at timestamptz not null check (until_at <= at + interval '60 minutes'),
    reviewed_at timestamptz,
    reviewed_by uuid,
    outcome text,
    primary key (municipality, patient_id, break_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);
create index break_glass_newest on break_glass (municipality, at, break_id);
create index break_glass_by_id on break_glass (break_id);

-- One row a release; only grows.  fields: names of enum ems_field.
create table ems_release (
    municipality text not null,
    patient_id uuid not null,
    release_id uuid not null,
    at timestamptz not null,
    ground smallint not null,
    partner_id uuid not null,
    partner_name text not null,
    unit text,
    person_id uuid,
    incident_id uuid,
    incident_municipality text,
    break_id uuid,
    fields text not null,
    primary key (municipality, patient_id, release_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);
create trigger ems_release_only_grows before update or delete on ems_release for each row execute function refuse_change ();

-- Who has, or once had, a consent for fire and ambulance services, and the transaction of the last change: what a delta of 支援情報 is made of.
create table ems_change (
    municipality text not null,
    patient_id uuid not null,
    incarnation integer not null,
    xid xid8 not null,
    primary key (municipality, patient_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
) with (fillfactor = 70);
create index ems_change_order on ems_change (municipality, incarnation, xid, patient_id);

create function ems_mark_change () returns trigger
language plpgsql security definer set search_path = sharing, guard, pg_temp as $$
begin
    insert into ems_change as t (municipality, patient_id, incarnation, xid)
    select new.municipality, new.patient_id, guard.incarnation (), pg_current_xact_id ()
     where exists (select from consent c where c.municipality = new.municipality and c.patient_id = new.patient_id and c.scope = 3)
    on conflict (municipality, patient_id) do update set incarnation = excluded.incarnation, xid = excluded.xid;
    return null;
end $$;
revoke all on function ems_mark_change () from public;
create trigger ems_changed after update of head_version on patient for each row
    when (old.head_version is distinct from new.head_version) execute function ems_mark_change ();
create trigger ems_changed after insert or update on consent for each row when (new.scope = 3) execute function ems_mark_change ();
create trigger ems_changed after insert or update on card for each row execute function ems_mark_change ();

do $$
declare
    wanted bigint;
    written bigint;
begin
    select count (distinct (c.municipality, c.patient_id)) into wanted from consent c where c.scope = 3;
    insert into ems_change (municipality, patient_id, incarnation, xid)
    select distinct c.municipality, c.patient_id, guard.incarnation (), pg_current_xact_id () from consent c where c.scope = 3;
    get diagnostics written = row_count;
    if written <> wanted then
        raise exception 'ems_change: % people have a consent, % rows were written', wanted, written;
    end if;
end $$;

-- ---- row-level security -----------------------------------------------------------------------------------------------------------------

-- Set by the service for one request: where the partner may look, and the opening it acts under.
create function ems_municipalities () returns text[] language sql stable
    return string_to_array (nullif (current_setting ('renkei.ems_municipalities', true), ''), ',');
create function ems_break () returns uuid language sql stable return nullif (current_setting ('renkei.ems_break', true), '')::uuid;
create function ems_today () returns date language sql stable return (guard.now () at time zone 'Asia/Tokyo')::date;
revoke all on function ems_municipalities () from public;
revoke all on function ems_break () from public;
revoke all on function ems_today () from public;
grant execute on function ems_municipalities (), ems_break (), ems_today () to renkei_sharing, renkei_sharing_ems, renkei_sharing_engine;

do $$
declare
    name text;
    opened constant text := 'exists (select from access a where a.municipality = %1$I.municipality and a.patient_id = %1$I.patient_id
        and a.from_at <= (select guard.now ()) and (a.to_at is null or a.to_at > (select guard.now ())) offset 0)';
    here constant text := 'municipality = any ((select ems_municipalities ())::text[])';
    agreed constant text := here || ' and (exists (select from consent c where c.municipality = %1$I.municipality
        and c.patient_id = %1$I.patient_id and c.scope = 3 and c.withdrawn_at is null and c.from_date <= (select ems_today ())
        and (c.to_date is null or c.to_date >= (select ems_today ())) offset 0)
        or exists (select from break_glass b where b.municipality = %1$I.municipality and b.patient_id = %1$I.patient_id offset 0))';
begin
    foreach name in array array['ems_key', 'designated_hospital', 'wish_document', 'card', 'terminal_phase', 'break_glass',
                                'break_glass_rule', 'ems_release', 'ems_change'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy own_municipalities on %I as restrictive to renkei_sharing
            using (municipality = any ((select guard.municipalities ())::text[]))
            with check (municipality = any ((select guard.municipalities ())::text[]))', name);
        execute format ('create policy service on %I to renkei_sharing using (true) with check (true)', name);
        execute format ('create policy engine on %I to renkei_sharing_engine using (true) with check (true)', name);
        continue when name in ('break_glass', 'break_glass_rule');
        execute format ('create policy opened on %1$I as restrictive to renkei_sharing using (' || opened || ') with check ('
                        || opened || ')', name);
    end loop;
    foreach name in array array['patient', 'patient_head', 'emergency_contact', 'place', 'care_team_member', 'section_version', 'ems_key',
                                'designated_hospital', 'wish_document', 'card', 'terminal_phase'] loop
        execute format ('create policy ems on %1$I for select to renkei_sharing_ems using (' || agreed || ')', name);
        execute format ('grant select on %I to renkei_sharing_ems', name);
    end loop;
    execute 'create policy ems on consent for select to renkei_sharing_ems using (scope = 3 and ' || here || ')';
    execute 'create policy ems on ems_change for select to renkei_sharing_ems using (' || here || ')';
    execute 'create policy ems on break_glass for select to renkei_sharing_ems using (break_id = (select ems_break ())'
            ' and until_at > (select guard.now ()) and ' || here || ')';
    execute 'create policy ems on ems_release for insert to renkei_sharing_ems with check (' || here || ')';
end $$;

-- Openings are told to the municipality's own officers, without the person's name, so R2 does not hold for them.
create policy own_municipality_only on break_glass as restrictive to renkei_sharing
    using (municipality = (select guard.municipality ())) with check (municipality = (select guard.municipality ()));
create policy own_municipality_only on break_glass_rule as restrictive to renkei_sharing
    using (municipality = (select guard.municipality ())) with check (municipality = (select guard.municipality ()));

grant select on consent, ems_change, break_glass to renkei_sharing_ems;
grant insert on ems_release to renkei_sharing_ems;
grant select on membership, office, municipality to renkei_sharing_ems;
grant select, insert, delete on ems_key to renkei_sharing, renkei_sharing_engine;
grant select, insert, update (state, answered_at, answered_by, answered_by_name, reason, ended_at, ended_by) on designated_hospital
    to renkei_sharing;
grant select, insert, update (revoked_on, revoked_at, revoked_by, revoked_reason) on wish_document to renkei_sharing;
grant select, insert, update (state, revoked_at, revoked_by) on card to renkei_sharing;
grant select, insert on terminal_phase to renkei_sharing;
grant select, insert, update on break_glass_rule to renkei_sharing;
grant select, update (reviewed_at, reviewed_by, outcome) on break_glass to renkei_sharing;
grant select on ems_release to renkei_sharing;
grant select on card, designated_hospital, emergency_contact to renkei_sharing_engine;

-- A crew's result says where the person is now and adds a line to the sheet.
grant insert on place, section_version to renkei_sharing_engine;
grant select on section_version to renkei_sharing_engine;
grant update (place_version, sections, changed_at) on patient to renkei_sharing_engine;

-- What the dispatcher of the runtime writes with every request.
grant select, insert on idempotency to renkei_sharing_ems;
grant select, insert, update on subject to renkei_sharing_ems;
grant insert on event_log, ledger, denial to renkei_sharing_ems;
create policy write_ems on event_log for insert to renkei_sharing_ems with check (true);
create policy write_ems on ledger for insert to renkei_sharing_ems with check (true);
create policy write_ems on denial for insert to renkei_sharing_ems with check (true);

-- ---- without consent --------------------------------------------------------------------------------------------------------------------

-- Opens one person for at most 60 minutes, and only one who is matched by the card or by a key of the person together with one of the
-- household, in a municipality that allows it.  The row of the opening is the review row; there is no other way to see the person.  No row:
-- nobody, or more than one, or not allowed.
create function ems_break_open (opening uuid, in_municipalities text[], kinds bigint[], keys text[], born date, by_partner uuid,
                                by_partner_name text, by_unit text, why text, incident uuid, person uuid,
                                out of_municipality text, out of_patient uuid, out until timestamptz)
returns setof record
language plpgsql security definer set search_path = sharing, guard, pg_temp as $$
declare
    at constant timestamptz := guard.now ();
    found_one record;
begin
    select min (s.municipality) as municipality, min (s.patient_id::text)::uuid as patient_id, count (*) as people into found_one
      from (select k.municipality, k.patient_id
              from unnest (kinds, keys) w (kind, key)
              join ems_key k on k.municipality = any (in_municipalities) and k.kind = w.kind and k.key = w.key
              join break_glass_rule r on r.municipality = k.municipality and r.allowed
              join patient p on p.municipality = k.municipality and p.patient_id = k.patient_id
              join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version
             where born is null or h.birth_date = born
             group by k.municipality, k.patient_id
            having bool_or (k.kind = 1) or (bool_or (k.kind in (3, 5)) and bool_or (k.kind in (2, 4)))
             limit 2) s;
    if found_one.people <> 1 then
        return;
    end if;
    insert into break_glass (municipality, patient_id, break_id, partner_id, partner_name, unit, reason, incident_id, person_id, at, until_at)
    values (found_one.municipality, found_one.patient_id, opening, by_partner, by_partner_name, by_unit, why, incident, person, at,
            at + interval '60 minutes');
    of_municipality := found_one.municipality;
    of_patient := found_one.patient_id;
    until := at + interval '60 minutes';
    return next;
end $$;
revoke all on function ems_break_open (uuid, text[], bigint[], text[], date, uuid, text, text, text, uuid, uuid) from public;
grant execute on function ems_break_open (uuid, text[], bigint[], text[], date, uuid, text, text, text, uuid, uuid) to renkei_sharing_ems;
