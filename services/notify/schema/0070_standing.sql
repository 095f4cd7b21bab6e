-- How the acting person stands to somebody, as in 0004_access.sql, with one look at the seats.  A function in plain SQL that runs in its
-- owner's name is planned anew at every call, which was most of its time (0.6 ms, asked by every report and every order of doctors);
-- plpgsql keeps the plan for the connection.
create or replace function standing_to (of_patient uuid)
returns table (municipality text, in_team boolean, in_office boolean, attends boolean, manages boolean, is_last_resort boolean)
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
declare
    acting constant uuid := guard.person ();
    acting_office constant uuid := guard.office ();
    open_to constant text[] := guard.municipalities ();
begin
    return query
    select p.municipality, coalesce (bool_or (s.person_id = acting), false), coalesce (bool_or (s.office_id = acting_office), false),
           coalesce (bool_or (s.person_id = acting and s.seat in (1, 2)), false),
           coalesce (bool_or (s.person_id = acting and s.seat = 3), false),
           exists (select from last_resort l where l.located_in = p.municipality and l.office_id = acting_office)
      from patient p left join team_seat s on s.patient_id = p.patient_id
     where p.patient_id = of_patient and p.municipality = any (open_to)
     group by p.municipality;
end $$;
