-- The offices that share somebody with the acting one, as route_shared () of 0086: a hospital of its people, the doctors of people
-- registered with it.  Says nothing of whom.
create function route_partners () returns setof uuid
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select d.office_id from team_seat s join designated_hospital d on d.municipality = s.municipality and d.patient_id = s.patient_id
     where s.office_id = guard.office () and d.office_id is not null
    union
    select s.office_id from designated_hospital d join team_seat s on s.municipality = d.municipality and s.patient_id = d.patient_id
     where d.office_id = guard.office () and s.seat in (1, 2)
$$;
revoke all on function route_partners () from public;
grant execute on function route_partners () to renkei_:service;
create index designated_hospital_of_office on designated_hospital (office_id) where office_id is not null;
create index team_seat_of_office on team_seat (office_id);
