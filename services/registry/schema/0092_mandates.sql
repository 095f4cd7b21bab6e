-- A joint office (KU-11): municipalities let an office of one of them act for them, from a day to a day.  Whoever works there has one log-in
-- and chooses for whom to act; what is read and written then is what the municipality acted for may read and write.

create table mandate (
    municipality text not null references municipality (code),                 -- gave it
    mandate_id uuid not null,
    office_id uuid not null,                            -- acts for it
    from_day date not null,                             -- days in Asia/Tokyo, both included
    to_day date check (to_day >= from_day),
    given_by text not null,                             -- by whose decision
    set_by uuid not null,
    set_at timestamptz not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, mandate_id)
);
create index mandate_of_office on mandate (office_id);
grant select, insert, update (from_day, to_day, given_by, set_by, set_at) on mandate to renkei_:service;
alter table mandate enable row level security;
alter table mandate force row level security;
create policy everybody on mandate for select to renkei_:service using (true);
create policy region_adds on mandate for insert to renkei_:service with check ((select acts_for_region ()));
create policy region_changes on mandate for update to renkei_:service using ((select acts_for_region ())) with check ((select acts_for_region ()));
create policy readable on mandate as restrictive for select to renkei_:service using (true);
create policy region_only_adds on mandate as restrictive for insert to renkei_:service with check ((select acts_for_region ()));
create policy region_only on mandate as restrictive for update to renkei_:service using ((select acts_for_region ()));

alter table session add column acts_for text;           -- NULL: the office's own municipality
grant select (acts_for), update (acts_for) on session to renkei_:service;

-- The municipality, when it lets the office act for it today in Japan; else NULL.
create function acting_for (office uuid, wanted text) returns text
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select max (d.municipality) from mandate d
     where d.office_id = office and d.municipality = wanted
       and (guard.now () at time zone 'Asia/Tokyo')::date between d.from_day and coalesce (d.to_day, 'infinity')
$$;
revoke all on function acting_for (uuid, text) from public;
grant execute on function acting_for (uuid, text) to renkei_:service, renkei_:service_engine;

-- As in 0040, but that an officer keeps the records of the municipality acted for, which is the context's.
create or replace function facility_reader (out audience integer, out keeper text, out number text)
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select coalesce (max (case when m.roles && array['municipal_officer', 'prefecture', 'operator', 'administrator'] then 1
                               when m.roles <@ array['family'] then 4 else 2 end), 4),
           case when bool_or ('municipal_officer' = any (m.roles)) then (select guard.municipality ()) end,
           max (o.facility_number)
      from membership m join office o on o.municipality = m.municipality and o.office_id = m.office_id
     where m.person_id = (select guard.person ()) and m.office_id = (select guard.office ()) and m.ended_at is null
$$;

-- As in 0090, for the municipality acted for.  A mandate that is over leaves the office's own.
create or replace function session_actor (token_sha256 bytea)
returns table (person_id uuid, session_id uuid, office_id uuid, municipality text, roles text[], strength text, context text, locked boolean)
language plpgsql volatile security definer set search_path = registry, guard, pg_temp as $$
declare
    decided timestamptz := guard.now ();
    found_session record;
    opened text;
begin
    select s.person_id, s.session_id, s.office_id, m.roles, s.strength, s.seen_at,
           case when s.acts_for is null then m.municipality else coalesce (acting_for (s.office_id, s.acts_for), m.municipality) end
               as municipality,
           s.seen_at + s.idle_seconds * interval '1 second' <= decided as idle
      into found_session
      from session s
      join membership m on m.person_id = s.person_id and m.office_id = s.office_id and m.ended_at is null
     where s.token_sha256 = session_actor.token_sha256 and s.ended_at is null and s.expires_at > decided;
    if not found then
        return;
    end if;
    person_id := found_session.person_id;
    session_id := found_session.session_id;
    office_id := found_session.office_id;
    municipality := found_session.municipality;
    roles := found_session.roles;
    locked := coalesce (found_session.idle, false);
    strength := case when locked then 'locked' else found_session.strength end;
    if not locked then
        select string_agg (code, ',' order by code) into opened
          from (select found_session.municipality as code
                union
                select unnest (opened_to (found_session.municipality, found_session.roles, 'patient_records'))) open_to;
        context := guard.sign (concat_ws ('|', 'v1', person_id, office_id, municipality, opened, 'care',
                                          guard.to_us (decided + interval '5 minutes')));
        if found_session.seen_at < decided - interval '1 minute' then
            -- a row another transaction holds is left as it is: nobody waits here on the way to an alarm
            update session s set seen_at = decided
             where s.session_id = (select l.session_id from session l where l.session_id = found_session.session_id for update skip locked);
        end if;
    end if;
    return next;
end $$;
