-- A person's own hours, and what of them decides how a care manager is told of an emergency (practice.md "Care manager").

alter table preference add column hours integer[] not null default '{}' check (cardinality (hours) % 3 = 0);  -- as office_phone.hours; none: outside the quiet hours
create index preference_hours on preference (person_id) where hours <> '{}';

-- Whoever is only informed of an alert and has own hours, and the care managers of its person: whether they are to be called outside those
-- (on_call), whether it is quiet now, and the telephones their office says are answered.  Security definer: a preference is its owner's.
create function informed_hours (of_alert uuid, but uuid[], at timestamptz)
returns table (person_id uuid, manages boolean, on_call boolean, quiet boolean, hours text, office_id uuid, lines text[])
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
#variable_conflict use_column
begin
    -- The cost of an emergency is counted: nothing is looked for where nobody has said anything.
    if not exists (select from preference r where r.hours <> '{}') and not exists (select from office_phone) then
        return;
    end if;
    return query
    select c.person_id, s.office_id is not null, coalesce (p.night_calls, false),
           is_quiet (at, coalesce (p.quiet_from, 1200), coalesce (p.quiet_to, 480)),
           case when p.hours <> '{}' then concat_ws (' ', c.person_id, '-', array_to_string (p.hours, ' ')) end, s.office_id,
           array (select concat_ws (' ', q.office_id, q.number, nullif (array_to_string (q.hours, ' '), '')) from office_phone q
                   where q.office_id = s.office_id order by q.position)
      from (select k as person_id from alert_circle (of_alert) k where k <> all (but)) c
      left join preference p on p.person_id = c.person_id
      left join lateral (select t.office_id from alert a join team_seat t on t.municipality = a.municipality and t.patient_id = a.patient_id
                          where a.alert_id = of_alert and t.person_id = c.person_id and t.seat = 3 limit 1) s on true
     where p.hours <> '{}' or s.office_id is not null
     order by c.person_id;
end $$;
revoke all on function informed_hours (uuid, uuid[], timestamptz) from public;
grant execute on function informed_hours (uuid, uuid[], timestamptz) to renkei_:service, renkei_:service_engine;
