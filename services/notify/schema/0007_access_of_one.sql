-- A change of one person's team or consent reads that person's rows.  "of_patient is null or patient_id = of_patient" is no condition an
-- index can use: in a region of 4,000 people each change read every row of the municipality, 60 ms and growing.
create or replace function access_refresh (in_municipality text, of_patient uuid) returns void
language plpgsql security definer set search_path = notify, guard, pg_temp as $$
begin
    if of_patient is null then
        delete from access a where a.municipality = in_municipality and a.ground in ('team', 'last_resort');
        insert into access (municipality, patient_id, office_id, ground)
        select distinct s.municipality, s.patient_id, s.office_id, 'team'
          from team_seat s join consent c using (municipality, patient_id)
         where s.municipality = in_municipality and 1 = any (c.scopes)
        union all
        select c.municipality, c.patient_id, l.office_id, 'last_resort'
          from consent c join last_resort l on l.located_in = c.municipality
         where c.municipality = in_municipality and 5 = any (c.scopes);
        return;
    end if;
    delete from access a where a.patient_id = of_patient and a.ground in ('team', 'last_resort') and a.municipality = in_municipality;
    insert into access (municipality, patient_id, office_id, ground)
    select distinct s.municipality, s.patient_id, s.office_id, 'team'
      from team_seat s join consent c using (municipality, patient_id)
     where s.municipality = in_municipality and s.patient_id = of_patient and 1 = any (c.scopes)
    union all
    select c.municipality, c.patient_id, l.office_id, 'last_resort'
      from consent c join last_resort l on l.located_in = c.municipality
     where c.municipality = in_municipality and c.patient_id = of_patient and 5 = any (c.scopes);
end $$;
