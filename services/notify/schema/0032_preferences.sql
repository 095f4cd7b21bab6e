-- How a person wants to be told; contacts that wait for their code; what is told together in the morning.

alter table contact_point add column verified boolean, add column phi_ok boolean not null default false;
-- A contact that waits for its code is not reachable; NULL: entered by the office.
alter table contact_point drop column reachable;
alter table contact_point add column reachable boolean not null generated always as (address <> '' and verified is distinct from false) stored;
grant select (reachable, verified, phi_ok) on contact_point to renkei_:service;

create table preference (
    person_id uuid primary key,
    quiet_from integer not null check (quiet_from between 0 and 1439),          -- minutes of the day, Asia/Tokyo
    quiet_to integer not null check (quiet_to between 0 and 1439),
    digest boolean not null,
    night_calls boolean not null,
    kinds integer[] not null,                           -- in the person's order
    disabled integer[] not null,
    after_seconds integer[] not null,                   -- beside kinds
    set_at timestamptz not null
) with (fillfactor = 70);
alter table preference enable row level security;
alter table preference force row level security;
create policy own on preference to renkei_:service using (person_id = (select guard.person ())) with check (person_id = (select guard.person ()));
create policy engine on preference to renkei_:service_engine using (true);
grant select, insert, update on preference to renkei_:service;
grant select on preference to renkei_:service_engine;

-- Quiet hours over midnight or not; from = to: none.
create function is_quiet (at timestamptz, quiet_from integer, quiet_to integer) returns boolean
language sql immutable as $$
    select case when quiet_from = quiet_to then false
                when quiet_from < quiet_to then m >= quiet_from and m < quiet_to
                else m >= quiet_from or m < quiet_to end
      from (select (extract (hour from at at time zone 'Asia/Tokyo') * 60 + extract (minute from at at time zone 'Asia/Tokyo'))::integer as m) q
$$;
create function quiet_end (at timestamptz, quiet_to integer) returns timestamptz
language sql immutable as $$
    select case when ends > at then ends else ends + interval '1 day' end
      from (select (date_trunc ('day', at at time zone 'Asia/Tokyo') + quiet_to * interval '1 minute') at time zone 'Asia/Tokyo' as ends) q
$$;

-- When a message by this channel may go to this person, whether it waits to be told together (state 10) or not (1), and where the channel
-- stands in the person's order; no row: not by this channel.  What asks is never held: it follows the first channel by at most two minutes, and an E0 goes by all at once.
create function delivery_time (of_person uuid, of_kind smallint, does_ask boolean, in_lane smallint, is_e0 boolean, at timestamptz)
returns table (state smallint, next_at timestamptz, rank integer)
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
declare
    p preference;
    place integer;
    follows integer;
begin
    select * into p from preference r where r.person_id = of_person;
    place := array_position (p.kinds, of_kind::integer);
    rank := coalesce (place, 100 + array_position (array[7, 2, 5, 4, 6], of_kind::integer));
    follows := coalesce (p.after_seconds[place], 0);
    if does_ask then
        return query select 1::smallint, case when in_lane = 0 then at else at + least (follows, 120) * interval '1 second' end, rank;
        return;
    end if;
    if of_kind in (4, 5) and place is null then         -- calls and text messages about information only for who chose them
        return;
    end if;
    if of_kind::integer = any (p.disabled) then
        return;
    end if;
    if p.person_id is not null and not (of_kind in (4, 5) and p.night_calls)
       and (p.digest or is_quiet (at, p.quiet_from, p.quiet_to)) and in_lane >= 3 then
        return query select (case when is_e0 then 1 else 10 end)::smallint, quiet_end (at, p.quiet_to), rank;
        return;
    end if;
    return query select 1::smallint, at, rank;
end $$;
revoke all on function delivery_time (uuid, smallint, boolean, smallint, boolean, timestamptz) from public;
grant execute on function delivery_time (uuid, smallint, boolean, smallint, boolean, timestamptz) to renkei_:service, renkei_:service_engine;

create index delivery_waiting on delivery (next_at) where state = 10;

-- A week's notices of a person: how many in the feed, of them read and urgent; how many left by other channels; which channels are muted.
create function notice_figures (from_at timestamptz, to_at timestamptz)
returns table (person_id uuid, notices bigint, urgent bigint, read bigint, outside bigint, muted integer)
language sql stable as $$
    with told as (
        select f.person_id, count (*) as notices, count (*) filter (where f.urgent) as urgent,
               count (*) filter (where f.position <= coalesce (r.position, 0)) as read
          from feed f left join feed_reading r on r.person_id = f.person_id
         where f.at >= from_at and f.at < to_at group by f.person_id),
    sent as (
        select d.person_id, count (*) as outside from delivery d
         where d.created_at >= from_at and d.created_at < to_at and d.person_id is not null and d.state in (3, 7, 8, 11) group by d.person_id)
    select coalesce (t.person_id, s.person_id), coalesce (t.notices, 0), coalesce (t.urgent, 0), coalesce (t.read, 0),
           coalesce (s.outside, 0), coalesce (cardinality (p.disabled), 0)
      from told t full join sent s on s.person_id = t.person_id
      left join preference p on p.person_id = coalesce (t.person_id, s.person_id)
$$;
revoke all on function notice_figures (timestamptz, timestamptz) from public;
grant execute on function notice_figures (timestamptz, timestamptz) to renkei_:service_engine;
