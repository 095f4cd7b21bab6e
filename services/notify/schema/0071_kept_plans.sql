-- What every report asks, with a plan that is kept for the connection (0070_standing.sql says why).  The answers are those of
-- 0020_engine.sql, 0033_push.sql and 0004_access.sql; the circle of an alert alone is asked for three times a report.

-- By the alert's own key: with the id alone every try ever made was gone through, and "or exists" read every consent of the region.
create or replace function alert_circle (of_alert uuid) returns setof uuid
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
declare
    a record;
begin
    select x.municipality, x.patient_id, x.reported_by, x.reporter_office,
           coalesce ((select 1 = any (c.scopes) from consent c where c.municipality = x.municipality and c.patient_id = x.patient_id), false)
               as consented
      into a from alert x where x.alert_id = of_alert;
    return query
    select a.reported_by where a.reported_by is not null
    union
    select e.reported_by from alert_entry e where e.municipality = a.municipality and e.alert_id = of_alert and e.reported_by is not null
    union
    select t.person_id from alert_try t
     where t.municipality = a.municipality and t.alert_id = of_alert and t.person_id is not null and t.asked_at is not null
    union
    select m.person_id from alert_try t join membership m on m.office_id = t.office_id and m.roles & 12297 <> 0
     where t.municipality = a.municipality and t.alert_id = of_alert and t.person_id is null and t.asked_at is not null
    union
    select s.person_id from team_seat s
     where s.municipality = a.municipality and s.patient_id = a.patient_id and (a.consented or s.office_id = a.reporter_office);
end $$;

create or replace function push_targets (people uuid[], does_ask boolean, in_lane smallint, is_e0 boolean, at timestamptz)
returns table (subscription_id uuid, person_id uuid, next_at timestamptz)
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
#variable_conflict use_column
begin
    return query
    select s.subscription_id, s.person_id, t.next_at
      from push_subscription s cross join lateral delivery_time (s.person_id, 7::smallint, does_ask, in_lane, is_e0, at) t
     where s.person_id = any (people) and s.removed_at is null;
end $$;

create or replace function alert_to_join (of_patient uuid, since timestamptz, is_exercise boolean) returns uuid
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
begin
    return (select a.alert_id from alert a
             where a.patient_id = of_patient and a.state <> 3 and a.exercise = is_exercise and not a.synthetic
               and coalesce (a.entered_at, a.received_at) > since
             order by a.received_at desc limit 1);
end $$;

create or replace function filling () returns text[]
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
begin
    return (select coalesce (array_agg (s order by s), '{}') from unnest (array['registry', 'sharing']) s
             where not exists (select from hearing_cursor c where c.source = s and c.filled));
end $$;

-- The delivery log shows the newest; without this it sorted everything ever sent.
create index delivery_by_age on delivery (created_at desc, delivery_id);
