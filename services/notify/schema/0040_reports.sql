-- Calendars that other programs read, and what has been reported to whom.

-- A secret address; only its hash is kept.  subject: the person, rotation or office.
create table ical_address (
    calendar_id uuid primary key,
    token_hash bytea not null unique check (length (token_hash) = 32),
    scope smallint not null,
    subject uuid not null,
    label text,
    made_by uuid not null,
    made_at timestamptz not null,
    read_at timestamptz,
    revoked_at timestamptz,
    revoked_by uuid
) with (fillfactor = 70);
create index ical_address_of_person on ical_address (made_by) where revoked_at is null;

-- What the calendars of a subject last said of each shift, so that the next reading can say what has changed.
create table ical_event (
    scope smallint not null,
    subject uuid not null,
    uid uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    summary text not null,
    sequence integer not null,
    cancelled boolean not null,
    changed_at timestamptz not null,
    primary key (scope, subject, uid)
) with (fillfactor = 70);

grant select, insert, update on ical_address to renkei_notify, renkei_notify_engine;
grant select, insert, update, delete on ical_event to renkei_notify, renkei_notify_engine;

-- A report of that kind and day has gone out for that municipality.
create table report_sent (
    kind text not null check (kind in ('daily', 'weekly')),
    day date not null,
    located_in text not null,
    sent_at timestamptz not null,
    letters integer not null,
    primary key (kind, day, located_in)
);
grant select, insert on report_sent to renkei_notify_engine;

-- How often the staff of a municipality were asked in its emergencies and accepted, and how many notices they had; numbers only, nobody in
-- care.  Drills and the machine's own tests are left out.
create function duty_figures (of_municipality text, from_at timestamptz, to_at timestamptz)
returns table (person_id uuid, calls bigint, accepts bigint, median_seconds double precision, notices bigint, read bigint)
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    with staff as (
        select distinct m.person_id from membership m where m.located_in = of_municipality and m.roles <> 0
    ), tried as (
        select t.person_id, count(*) as calls, count(*) filter (where t.answer in (1, 2, 3)) as accepts,
               percentile_cont (0.5) within group (order by extract (epoch from t.answered_at - t.asked_at))
                   filter (where t.answer in (1, 2, 3)) as median_seconds
          from alert a join alert_try t on t.municipality = a.municipality and t.alert_id = a.alert_id
         where a.municipality = of_municipality and a.received_at >= duty_figures.from_at - interval '1 day' and a.received_at < duty_figures.to_at
           and t.asked_at >= duty_figures.from_at and t.asked_at < duty_figures.to_at and t.person_id is not null
           and coalesce (to_jsonb (a) ->> 'exercise', 'false') <> 'true' and coalesce (to_jsonb (a) ->> 'synthetic', 'false') <> 'true'
         group by t.person_id
    ), told as (
        select f.person_id, count(*) as notices, count(*) filter (where f.position <= coalesce (r.position, 0)) as read
          from feed f left join feed_reading r on r.person_id = f.person_id
         where f.person_id in (select s.person_id from staff s) and f.at >= duty_figures.from_at and f.at < duty_figures.to_at
         group by f.person_id
    )
    select coalesce (t.person_id, n.person_id), coalesce (t.calls, 0), coalesce (t.accepts, 0), t.median_seconds,
           coalesce (n.notices, 0), coalesce (n.read, 0)
      from tried t full join told n on n.person_id = t.person_id
$$;
revoke all on function duty_figures (text, timestamptz, timestamptz) from public;
grant execute on function duty_figures (text, timestamptz, timestamptz) to renkei_notify, renkei_notify_engine;
