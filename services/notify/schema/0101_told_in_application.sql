-- Who has no telephone is told in the application only and may answer there (alert_steps.c): an entry of state 7.  Until it is answered it is
-- no call: of that person in the figures, or of a drill.
create or replace function duty_figures (of_municipality text, from_at timestamptz, to_at timestamptz)
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
           and t.asked_at >= duty_figures.from_at and t.asked_at < duty_figures.to_at and t.person_id is not null and t.state <> 7
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

create or replace function drills (of_municipality text)
returns table (alert_id uuid, class smallint, synthetic boolean, started_at bigint, accepted_name text, asked bigint, delivered bigint,
               accept_seconds bigint, ended_at bigint)
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select a.alert_id, a.class, a.synthetic, guard.to_us (a.received_at), a.accepted_name,
           (select count(*) from alert_try t where t.alert_id = a.alert_id and t.asked_at is not null and t.state <> 7),
           (select count(*) from delivery d where d.alert_id = a.alert_id and d.state = 3),
           (select extract (epoch from min (t.answered_at) - a.received_at)::bigint from alert_try t
             where t.alert_id = a.alert_id and t.state = 4),
           guard.to_us (a.ended_at)
      from alert a
     where a.municipality = of_municipality and of_municipality = any (guard.municipalities ()) and (a.exercise or a.synthetic)
     order by a.received_at desc limit 100
$$;
