-- Row-level security, and the two functions that write access.

-- ---- R1 and R2 ------------------------------------------------------------------------------------------------------------------------

-- R2 need not name the office: policy own_office shows an office nothing but its own rows of access.  A policy "for all" is applied once to
-- a statement that reads and changes; what must not change is not granted, so that R2 needs no second look at the new row of a patient.
-- Every call of guard costs about 20 µs a table and statement.  "offset 0" keeps the planner from hashing every row of access of the office
-- for one patient, which it does while it knows no statistics: 1 ms a statement at 300 patients, and growing with them.
do $$
declare
    name text;
    opened constant text := 'exists (select from access a where a.municipality = %1$I.municipality and a.patient_id = %1$I.patient_id
        and a.from_at <= (select guard.now ()) and (a.to_at is null or a.to_at > (select guard.now ())) offset 0)';
begin
    foreach name in array array['access', 'patient', 'patient_head', 'emergency_contact', 'place', 'patient_bigram', 'consent',
                                'care_team_member', 'section_version', 'section_read', 'emergency_mark'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy own_municipalities on %I as restrictive to renkei_sharing
            using (municipality = any ((select guard.municipalities ())::text[]))
            with check (municipality = any ((select guard.municipalities ())::text[]))', name);
        execute format ('create policy engine on %I to renkei_sharing_engine using (true) with check (true)', name);
        continue when name = 'access';
        execute format ('create policy service on %I to renkei_sharing using (true) with check (true)', name);
        continue when name = 'patient';
        execute format ('create policy opened on %1$I as restrictive to renkei_sharing using (' || opened || ') with check ('
                        || opened || ')', name);
    end loop;
    execute format ('create policy opened on %1$I as restrictive to renkei_sharing using (' || opened || ') with check (true)', 'patient');
end $$;

-- An office sees its own rows of access, and who records a person is always the recorder.
create policy own_office on access for select to renkei_sharing using (office_id = (select guard.office ()));
create policy recorded_by_own_office on patient as restrictive for insert to renkei_sharing
    with check (recorder_office = (select guard.office ()) and recorded_by = (select guard.person ()));

grant select on access to renkei_sharing;
grant select, insert, update (head_version, place_version, sections, changed_at) on patient to renkei_sharing;
grant select, insert, update (version, office_id, role, read_at) on section_read to renkei_sharing;
grant select, insert on patient_head, emergency_contact, place, section_version to renkei_sharing;
grant select, insert, delete on patient_bigram to renkei_sharing;
grant select, insert, update (withdrawn_at, withdrawn_by, in_force) on consent to renkei_sharing;
grant select, insert, update (ended_at, ended_by) on care_team_member to renkei_sharing;
grant select on emergency_mark to renkei_sharing;
grant select on access, patient, patient_head, place, consent, care_team_member to renkei_sharing_engine;
grant update (in_force) on consent to renkei_sharing_engine;
grant update (ended_at) on care_team_member to renkei_sharing_engine;
grant select, insert, update on emergency_mark to renkei_sharing_engine;

-- ---- access, from what is true now ----------------------------------------------------------------------------------------------------

-- The agreement under which `receiver` may see records of `giver` now or later: its bounds; no row when there is none.
create function crossing (giver text, receiver text, at timestamptz, out from_at timestamptz, out to_at timestamptz) returns setof record
language sql stable set search_path = sharing, guard, pg_temp as $$
    select '-infinity'::timestamptz, null::timestamptz where giver = receiver
    union all
    (select a.from_date::timestamp at time zone 'Asia/Tokyo', (a.to_date + 1)::timestamp at time zone 'Asia/Tokyo'
       from agreement a
      where a.giving = giver and a.receiving = receiver and giver <> receiver
        and (a.to_date is null or (a.to_date + 1)::timestamp at time zone 'Asia/Tokyo' > at)
      order by a.from_date limit 1)
$$;

-- Brings access of one patient in line with recorder, consents, seats, memberships and agreements; closes at once what no longer holds.
-- Locks the patient first: of two that happen at once the second sees what the first has done, so a withdrawal is never opened again.
create function access_refresh (in_municipality text, of_patient uuid) returns void
language plpgsql security definer set search_path = sharing, guard, pg_temp as $$
declare
    at timestamptz := guard.now ();
begin
    perform from patient p where p.municipality = in_municipality and p.patient_id = of_patient for no key update;
    with wanted as (
        select p.recorder_office as office_id, 1::smallint as ground, p.patient_id as source_id, null::uuid as consent_id,
               p.registered_at as from_at, null::timestamptz as to_at
          from patient p where p.municipality = in_municipality and p.patient_id = of_patient
        union all
        select distinct o.office_id, 2::smallint, c.consent_id, c.consent_id,
               greatest (c.from_date::timestamp at time zone 'Asia/Tokyo', x.from_at),
               least ((c.to_date + 1)::timestamp at time zone 'Asia/Tokyo', x.to_at)
          from consent c
          join care_team_member m on m.municipality = c.municipality and m.patient_id = c.patient_id and m.ended_at is null
          join membership s on s.person_id = m.person_id and s.office_id = m.office_id and s.roles <> 0
          join office o on o.office_id = m.office_id
         cross join lateral crossing (in_municipality, o.located_in, at) x
         where c.municipality = in_municipality and c.patient_id = of_patient and c.scope = 1 and c.withdrawn_at is null
           and (c.to_date is null or (c.to_date + 1)::timestamp at time zone 'Asia/Tokyo' > at)
    ), closed as (
        update access a set to_at = at
         where a.municipality = in_municipality and a.patient_id = of_patient and a.ground in (1, 2) and (a.to_at is null or a.to_at > at)
           and not exists (select from wanted w where w.office_id = a.office_id and w.ground = a.ground and w.source_id = a.source_id)
    )
    insert into access as a (municipality, patient_id, office_id, ground, source_id, consent_id, from_at, to_at)
    select in_municipality, of_patient, w.office_id, w.ground, w.source_id, w.consent_id, w.from_at, w.to_at from wanted w
    on conflict (municipality, patient_id, office_id, ground, source_id) do update set from_at = excluded.from_at, to_at = excluded.to_at
     where (a.from_at, a.to_at) is distinct from (excluded.from_at, excluded.to_at);

    update access a set to_at = at
     where a.municipality = in_municipality and a.patient_id = of_patient and a.ground in (3, 4) and (a.to_at is null or a.to_at > at)
       and not exists (select from consent c where c.municipality = a.municipality and c.patient_id = a.patient_id
                        and c.consent_id = a.consent_id and c.withdrawn_at is null);
end $$;

-- Opens the record to one office for an alert, on the ground of a consent, not longer than that consent and an agreement allow.
create function access_open (in_municipality text, of_patient uuid, to_office uuid, on_ground smallint, alert uuid, by_consent uuid,
                             until timestamptz) returns void
language plpgsql security definer set search_path = sharing, guard, pg_temp as $$
begin
    perform from patient p where p.municipality = in_municipality and p.patient_id = of_patient for no key update;
    insert into access as a (municipality, patient_id, office_id, ground, source_id, consent_id, from_at, to_at)
    select in_municipality, of_patient, to_office, on_ground, alert, c.consent_id,
           greatest (guard.now (), c.from_date::timestamp at time zone 'Asia/Tokyo', x.from_at),
           least (until, (c.to_date + 1)::timestamp at time zone 'Asia/Tokyo', x.to_at)
      from consent c join office o on o.office_id = to_office
     cross join lateral crossing (in_municipality, o.located_in, guard.now ()) x
     where c.municipality = in_municipality and c.patient_id = of_patient and c.consent_id = by_consent and c.withdrawn_at is null
    on conflict (municipality, patient_id, office_id, ground, source_id) do update
       set consent_id = excluded.consent_id, to_at = greatest (a.to_at, excluded.to_at);
end $$;

revoke all on function crossing (text, text, timestamptz) from public;
revoke all on function access_refresh (text, uuid) from public;
revoke all on function access_open (text, uuid, uuid, smallint, uuid, uuid, timestamptz) from public;
grant execute on function access_refresh (text, uuid) to renkei_sharing, renkei_sharing_engine;
grant execute on function access_open (text, uuid, uuid, smallint, uuid, uuid, timestamptz) to renkei_sharing_engine;
