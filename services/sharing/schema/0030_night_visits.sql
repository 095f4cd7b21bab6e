-- Visits at night and on holidays that a person's doctor entrusts to the duty of another office (往診代行, U-33), and their reports.

-- bands: enum night_band.  window_*: the present or next duty, computed by night.c; access of the entrusted office opens with it and closes
-- two hours after it, so that the report can be written.  next_at: when the job night_turn computes the one after; null: there is none.
create table night_entrust (
    municipality text not null check (municipality <> ''),
    patient_id uuid not null,
    entrust_id uuid not null,
    office_id uuid not null,
    from_at timestamptz not null,
    until_at timestamptz not null check (until_at > from_at),
    bands smallint[] not null check (cardinality (bands) between 1 and 4),
    request text not null,
    call_doctor boolean not null,
    doctor_phone text,
    entrusted_at timestamptz not null,
    entrusted_by uuid not null,
    entrusted_office uuid not null,
    ended_at timestamptz,
    ended_by uuid,
    window_from timestamptz,
    window_to timestamptz,
    next_at timestamptz,
    primary key (municipality, patient_id, entrust_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
) with (fillfactor = 70);
create index membership_of_office on membership (office_id);
create index night_entrust_of_office on night_entrust (office_id, municipality) where ended_at is null;
create index night_entrust_to_turn on night_entrust (next_at) where ended_at is null;

-- Only grows.  A correction is a further report that names the one it corrects.
create table night_visit (
    municipality text not null check (municipality <> ''),
    patient_id uuid not null,
    visit_id uuid not null,
    entrust_id uuid,
    alert_id uuid,
    corrects uuid,
    visited_at timestamptz not null,
    left_at timestamptz not null check (left_at >= visited_at),
    found text not null,
    done text not null,
    drugs text,
    told_family text,
    doctor_today text,
    transported boolean not null,
    transported_to text,
    reported_at timestamptz not null,
    reported_by uuid not null,
    reported_office uuid not null,
    primary key (municipality, patient_id, visit_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id),
    foreign key (municipality, patient_id, corrects) references night_visit (municipality, patient_id, visit_id)
);
create unique index night_visit_corrected_once on night_visit (municipality, patient_id, corrects) where corrects is not null;
create index night_visit_of_office on night_visit (reported_office, municipality, reported_at);

create table night_visit_read (
    municipality text not null,
    patient_id uuid not null,
    visit_id uuid not null,
    person_id uuid not null,
    office_id uuid not null,
    read_at timestamptz not null,
    primary key (municipality, patient_id, visit_id, person_id),
    foreign key (municipality, patient_id, visit_id) references night_visit (municipality, patient_id, visit_id)
);

-- R1 and R2 (0003_access.sql).  The entrusted office reads what was entrusted to it at any time, and its own reports; who is meant, it sees
-- only while its duty opens the person.
do $$
declare
    name text;
    opened constant text := 'exists (select from access a where a.municipality = %1$I.municipality and a.patient_id = %1$I.patient_id
        and a.from_at <= (select guard.now ()) and (a.to_at is null or a.to_at > (select guard.now ())) offset 0)';
begin
    foreach name in array array['night_entrust', 'night_visit', 'night_visit_read'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy service on %I to renkei_sharing using (true) with check (true)', name);
        execute format ('create policy engine on %I to renkei_sharing_engine using (true) with check (true)', name);
        execute format ('create policy own_municipalities on %I as restrictive to renkei_sharing
            using (municipality = any ((select guard.municipalities ())::text[]))
            with check (municipality = any ((select guard.municipalities ())::text[]))', name);
    end loop;
    execute format ('create policy opened on %1$I as restrictive to renkei_sharing using (' || opened || '
        or office_id = (select guard.office ())) with check (' || opened || ')', 'night_entrust');
    execute format ('create policy opened on %1$I as restrictive to renkei_sharing using (' || opened || '
        or reported_office = (select guard.office ()))
        with check (reported_office = (select guard.office ()) and reported_by = (select guard.person ()))', 'night_visit');
    execute format ('create policy opened on %1$I as restrictive to renkei_sharing using (' || opened || ') with check (' || opened || '
        and person_id = (select guard.person ()))', 'night_visit_read');
end $$;

grant select, insert, update (ended_at, ended_by, next_at, window_from, window_to) on night_entrust to renkei_sharing;
grant select, insert on night_visit, night_visit_read to renkei_sharing;
grant select, update (window_from, window_to, next_at) on night_entrust to renkei_sharing_engine;
grant select on night_visit, night_visit_read to renkei_sharing_engine;

-- Brings the access of the entrusted office (ground duty, source: the entrustment) in line with its window; closes what was taken back.  Needs
-- the consent for the care team, and ends with it, as access_refresh () sees to (0003_access.sql).  Reads the row: nobody can open another.
create function night_open (in_municipality text, of_patient uuid, entrust uuid) returns void
language plpgsql security definer set search_path = sharing, guard, pg_temp as $$
declare
    at timestamptz := guard.now ();
begin
    perform from patient p where p.municipality = in_municipality and p.patient_id = of_patient for no key update;
    update access a set to_at = at from night_entrust e
     where e.municipality = in_municipality and e.patient_id = of_patient and e.entrust_id = entrust and e.ended_at is not null
       and a.municipality = e.municipality and a.patient_id = e.patient_id and a.source_id = e.entrust_id and a.ground = 3
       and (a.to_at is null or a.to_at > at);
    insert into access as a (municipality, patient_id, office_id, ground, source_id, consent_id, from_at, to_at)
    select e.municipality, e.patient_id, e.office_id, 3, e.entrust_id, c.consent_id,
           greatest (e.window_from, c.from_date::timestamp at time zone 'Asia/Tokyo', x.from_at),
           least (e.window_to + interval '2 hours', (c.to_date + 1)::timestamp at time zone 'Asia/Tokyo', x.to_at)
      from night_entrust e
      join consent c on c.municipality = e.municipality and c.patient_id = e.patient_id and c.scope = 1 and c.withdrawn_at is null
                    and (c.to_date is null or (c.to_date + 1)::timestamp at time zone 'Asia/Tokyo' > at)
      join office o on o.office_id = e.office_id
     cross join lateral crossing (e.municipality, o.located_in, at) x
     where e.municipality = in_municipality and e.patient_id = of_patient and e.entrust_id = entrust
       and e.ended_at is null and e.window_to is not null
     order by c.from_date limit 1
    on conflict (municipality, patient_id, office_id, ground, source_id) do update
       set consent_id = excluded.consent_id, from_at = excluded.from_at, to_at = excluded.to_at;
end $$;
revoke all on function night_open (text, uuid, uuid) from public;
grant execute on function night_open (text, uuid, uuid) to renkei_sharing, renkei_sharing_engine;
