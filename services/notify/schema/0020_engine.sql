-- Alerts of every class, incidents of the fire service, drills, times that run while somebody holds an alert.

-- An incident is reported by a partner, not by a person; a municipality without a last resort still has its doctors called.
alter table alert
    alter reported_by drop not null,
    alter reporter_office drop not null,
    alter last_resort_office drop not null,
    add reporter smallint,                              -- 1 family or helper, 2 nurse, 3 doctor, 4 dispatch, 5 other staff
    add exercise boolean not null default false,        -- only drill contacts are called; not in any statistics
    add synthetic boolean not null default false,       -- the machine's own test
    add response smallint,                              -- what an incident started
    add rounds integer not null default 0,              -- how often everybody was asked again
    add entered_at timestamptz,                         -- of the last report that went into it
    add reading_at timestamptz,                         -- e2: when the doctor is going to read it
    add reading_by text,
    add deadline_at timestamptz,                        -- the announced arrival counts as overdue then
    add hospital_due_at timestamptz,                    -- the hospital's answer counts as none then
    add handover_at timestamptz,                        -- the holder's shift ends
    add overdue boolean not null default false,
    add arrived_at timestamptz,
    add in_hand_at timestamptz,
    add hospital_asked_at timestamptz,
    add hospital_answer smallint,
    add hospital_refusal smallint,
    add failures integer not null default 0,            -- steps that failed in a row
    add put_off_until timestamptz,                      -- after a failed step, so that it does not stand before the others
    add moved_version bigint;                           -- last version dispatch was told; NULL: no incident
create index alert_moved on alert (alert_id) where moved_version is not null and moved_version <> version;

-- The reports that went into an alert, its first one included.
create table alert_entry (
    municipality text not null,
    alert_id uuid not null,
    entry_id uuid not null unique,
    at timestamptz not null,
    class smallint not null,
    reported_by uuid,
    reporter_name text not null,
    happened text,
    incident_id uuid,
    number text,
    unit text,
    crew_phone text,
    primary key (municipality, alert_id, entry_id),
    foreign key (municipality, alert_id) references alert
);
create index alert_entry_incident on alert_entry (incident_id) where incident_id is not null;

-- Incidents as dispatch tells them; municipality and patient are known once it is matched.
create table incident (
    incident_id uuid primary key,
    municipality text,
    patient_id uuid,
    alert_id uuid,                                      -- the alert it opened or joined
    partner_name text not null,
    number text not null,
    complaint smallint not null,
    exercise boolean not null,
    live boolean not null default true,                 -- neither cancelled nor ended
    unit text,
    crew_phone text
) with (fillfactor = 70);

create table designated_hospital (
    municipality text not null,
    patient_id uuid not null,
    name text,
    office_id uuid,
    phone text,
    night_phone text,
    parallel_notice boolean not null,
    agreed boolean not null,
    version bigint not null,
    primary key (municipality, patient_id)
);

-- Who is called in drills: persons, and offices whose telephone may ring.
create table drill_contact (
    located_in text not null,
    contact_id uuid not null,
    is_office boolean not null,
    set_by uuid not null,
    primary key (located_in, contact_id)
);

-- What informed people are told by mail: a start, an end, changes bundled.
create table alert_news (
    municipality text not null,
    alert_id uuid not null,
    news bigint generated always as identity,
    kind smallint not null,                             -- 1 start, 2 change, 3 end
    at timestamptz not null,
    due_at timestamptz not null,
    text text not null,
    done boolean not null default false,
    primary key (municipality, alert_id, news),
    foreign key (municipality, alert_id) references alert
);
create index alert_news_due on alert_news (due_at) where not done;

do $$
declare
    name text;
    of_alert constant text := 'exists (select from alert x where x.municipality = %1$I.municipality and x.alert_id = %1$I.alert_id offset 0)';
begin
    foreach name in array array['alert_entry', 'alert_news', 'incident', 'designated_hospital'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy engine on %I to renkei_notify_engine using (true) with check (true)', name);
        execute format ('create policy service on %I to renkei_notify using (true) with check (true)', name);
    end loop;
    foreach name in array array['alert_entry', 'alert_news'] loop
        execute format ('create policy of_alert on %I as restrictive to renkei_notify using (' || of_alert || ')
            with check (' || of_alert || ')', name);
    end loop;
    execute format ('create policy own_municipalities on %I as restrictive to renkei_notify
        using (municipality = any ((select guard.municipalities ())::text[]))
        with check (municipality = any ((select guard.municipalities ())::text[]))', 'incident');
    -- Whoever holds the alert may be of another municipality.
    execute format ('create policy opened on %1$I as restrictive to renkei_notify using (exists (select from alert x
        where x.municipality = %1$I.municipality and x.patient_id = %1$I.patient_id offset 0)) with check (false)', 'designated_hospital');
end $$;

grant select, insert on alert_entry to renkei_notify;
grant select, insert, update on alert_news to renkei_notify;
grant select on incident, designated_hospital to renkei_notify;
grant select, insert, update, delete on drill_contact to renkei_notify;
grant select, insert on alert_entry to renkei_notify_engine;
grant select, insert, update on alert_news, incident, designated_hospital to renkei_notify_engine;
grant select on drill_contact to renkei_notify_engine;
grant insert on alert to renkei_notify_engine;

-- An open alert of this person that was opened, or joined, after `since`: a further report goes into it.  Drills and real ones never meet.
create function alert_to_join (of_patient uuid, since timestamptz, is_exercise boolean) returns uuid
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select a.alert_id from alert a
     where a.patient_id = of_patient and a.state <> 3 and a.exercise = is_exercise and not a.synthetic
       and coalesce (a.entered_at, a.received_at) > since
     order by a.received_at desc limit 1
$$;
revoke all on function alert_to_join (uuid, timestamptz, boolean) from public;
grant execute on function alert_to_join (uuid, timestamptz, boolean) to renkei_notify, renkei_notify_engine;

-- As in 0004_access.sql; an incident has no reporting person.
create or replace function alert_circle (of_alert uuid) returns setof uuid
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select a.reported_by from alert a where a.alert_id = of_alert and a.reported_by is not null
    union
    select e.reported_by from alert_entry e where e.alert_id = of_alert and e.reported_by is not null
    union
    select t.person_id from alert_try t where t.alert_id = of_alert and t.person_id is not null and t.asked_at is not null
    union
    select m.person_id from alert_try t join membership m on m.office_id = t.office_id and m.roles & 12297 <> 0
     where t.alert_id = of_alert and t.person_id is null and t.asked_at is not null
    union
    select s.person_id from alert a join team_seat s using (municipality, patient_id)
     where a.alert_id = of_alert
       and (s.office_id = a.reporter_office
            or exists (select from consent c where c.municipality = a.municipality and c.patient_id = a.patient_id and 1 = any (c.scopes)))
$$;

-- Whoever looks after the machine: told when alerts do not go as they should.  6291456: roles administrator and operator.
create function keepers (of_municipality text) returns setof uuid
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select distinct m.person_id from membership m
     where m.roles & 6291456 <> 0 and (of_municipality is null or m.located_in = of_municipality)
$$;
revoke all on function keepers (text) from public;
grant execute on function keepers (text) to renkei_notify, renkei_notify_engine;

-- How drills of a municipality went: read by whoever arranges them, who sees no alert.  Names of who accepted, never of a patient.
create function drills (of_municipality text)
returns table (alert_id uuid, class smallint, synthetic boolean, started_at bigint, accepted_name text, asked bigint, delivered bigint,
               accept_seconds bigint, ended_at bigint)
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select a.alert_id, a.class, a.synthetic, guard.to_us (a.received_at), a.accepted_name,
           (select count(*) from alert_try t where t.alert_id = a.alert_id and t.asked_at is not null),
           (select count(*) from delivery d where d.alert_id = a.alert_id and d.state = 3),
           (select extract (epoch from min (t.answered_at) - a.received_at)::bigint from alert_try t
             where t.alert_id = a.alert_id and t.state = 4),
           guard.to_us (a.ended_at)
      from alert a
     where a.municipality = of_municipality and of_municipality = any (guard.municipalities ()) and (a.exercise or a.synthetic)
     order by a.received_at desc limit 100
$$;
revoke all on function drills (text) from public;
grant execute on function drills (text) to renkei_notify;
