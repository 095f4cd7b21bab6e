-- The office of the hospital that is asked to be somebody's 急変時診療医療機関, or has agreed (U-16, U-18), has that record open while the
-- person's consent for hospitals is in force: ground 5, source: the consent.  Declined, ended or withdrawn, it is closed at once.
-- Everything else is as in 0003_access.sql.
alter table access drop constraint access_ground_check, add constraint access_ground_check check (ground between 1 and 5);

create or replace function access_refresh (in_municipality text, of_patient uuid) returns void
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
        union all
        select distinct d.office_id, 5::smallint, c.consent_id, c.consent_id,
               greatest (d.requested_at, c.from_date::timestamp at time zone 'Asia/Tokyo', x.from_at),
               least ((c.to_date + 1)::timestamp at time zone 'Asia/Tokyo', x.to_at)
          from consent c
          join designated_hospital d on d.municipality = c.municipality and d.patient_id = c.patient_id and d.state in (1, 2)
          join office o on o.office_id = d.office_id
         cross join lateral crossing (in_municipality, o.located_in, at) x
         where c.municipality = in_municipality and c.patient_id = of_patient and c.scope = 2 and c.withdrawn_at is null
           and (c.to_date is null or (c.to_date + 1)::timestamp at time zone 'Asia/Tokyo' > at)
    ), closed as (
        update access a set to_at = at
         where a.municipality = in_municipality and a.patient_id = of_patient and a.ground in (1, 2, 5) and (a.to_at is null or a.to_at > at)
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

-- Whose records an office's membership or place changes.
create index designated_hospital_office on designated_hospital (office_id) where state in (1, 2);

-- Who has asked and consented already.
do $$
declare
    one record;
begin
    for one in select distinct d.municipality, d.patient_id from designated_hospital d
                 join consent c on c.municipality = d.municipality and c.patient_id = d.patient_id and c.scope = 2 and c.withdrawn_at is null
                where d.state in (1, 2) and d.office_id is not null loop
        perform access_refresh (one.municipality, one.patient_id);
    end loop;
end $$;
