-- Who leaves an office hands the seats to colleagues there; what nobody took over stays marked, so that it can be seen and given later.

alter table care_team_member add column vacant boolean not null default false;     -- the holder left the office
create index care_team_member_vacant on care_team_member (office_id, person_id) where vacant;

grant insert, update (vacant, ended_by) on care_team_member to renkei_sharing_engine;

-- Is this seat, whose holder left, still without anybody?  The same kind held by a colleague of that office, or one that exists once, fills it.
create function seat_is_filled (vacated care_team_member) returns boolean
language sql stable set search_path = sharing, guard, pg_temp as $$
    select exists (select from care_team_member m
                    where m.municipality = vacated.municipality and m.patient_id = vacated.patient_id and m.seat = vacated.seat
                      and m.ended_at is null and m.person_id <> vacated.person_id
                      and (m.office_id = vacated.office_id or m.seat in (1, 3)))
$$;

-- How many, and of which kind: for who manages the office, for officers of its municipality, for the region.  Says nothing of patients; the
-- rows themselves stay behind R2, also those the office can no longer see because its last member of the team has left.
create function office_seats (of_office uuid) returns table (person_id uuid, seat smallint, held bigint, vacant bigint)
language sql stable security definer set search_path = sharing, guard, pg_temp as $$
    select m.person_id, m.seat, count (*) filter (where m.ended_at is null), count (*) filter (where m.vacant and not seat_is_filled (m))
      from care_team_member m
      join office o on o.office_id = m.office_id
     where m.office_id = of_office and (m.ended_at is null or m.vacant)
       and (o.office_id = guard.office () or o.located_in = guard.municipality () or guard.municipality () = '000000')
     group by m.person_id, m.seat
$$;
revoke all on function seat_is_filled (care_team_member) from public;
revoke all on function office_seats (uuid) from public;
grant execute on function seat_is_filled (care_team_member) to renkei_sharing_engine;
grant execute on function office_seats (uuid) to renkei_sharing;
