-- The clinic's proxy (診療所の代行者): sees the alert in which a doctor of the clinic was asked in person, and prepares answers that count for
-- nothing until the doctor gives them (practice.md).

alter table access drop constraint access_ground_check;
alter table access add constraint access_ground_check check (ground in ('team', 'last_resort', 'reported', 'asked', 'proxy'));
create index access_of_proxy on access (person_id) where ground = 'proxy';

-- What a proxy is shown is that alert; the person's record and order of doctors stay as closed as they were.
do $$
declare
    name text;
begin
    foreach name in array array['patient', 'team_seat', 'consent', 'chain', 'chain_row', 'chain_check', 'chain_scheme', 'night_entrust'] loop
        execute format ('alter policy opened on %1$I using (exists (select from access a
            where a.municipality = %1$I.municipality and a.patient_id = %1$I.patient_id and a.ground <> ''proxy''
              and (a.office_id = (select guard.office ()) or a.person_id = (select guard.person ()))
              and (a.until is null or a.until > (select guard.now ())) offset 0))', name);
    end loop;
end $$;

-- Of one entry of the list: an entry is one person, asked under one office.
create table alert_answer_draft (
    municipality text not null,
    alert_id uuid not null,
    try_id bigint not null,
    person_id uuid not null,                            -- the doctor
    office_id uuid not null,                            -- under which the doctor was asked
    answer smallint not null,
    arrival_at timestamptz,
    decline smallint,
    text text,
    drafted_by uuid not null,
    drafted_name text not null,
    drafted_at timestamptz not null,
    primary key (municipality, alert_id, try_id),
    foreign key (municipality, alert_id) references alert
);
alter table alert_answer_draft enable row level security;
alter table alert_answer_draft force row level security;
create policy service on alert_answer_draft to renkei_notify using (true) with check (true);
create policy of_alert on alert_answer_draft as restrictive to renkei_notify
    using (exists (select from alert x where x.municipality = alert_answer_draft.municipality and x.alert_id = alert_answer_draft.alert_id offset 0))
    with check (exists (select from alert x where x.municipality = alert_answer_draft.municipality and x.alert_id = alert_answer_draft.alert_id offset 0));
-- Nobody else reads it: a prepared "往診" is no promise.
create policy doctor_or_clinic on alert_answer_draft as restrictive to renkei_notify
    using (person_id = (select guard.person ()) or office_id = (select guard.office ()))
    with check (office_id = (select guard.office ()));
grant select, insert, update on alert_answer_draft to renkei_notify;

-- Opens the alert to the proxies of the office under which this person was asked in it, and returns whom of them to tell now: nobody twice in one
-- instant, as when two doctors of a clinic are asked at once.  16: role clinic_proxy; 35: kind doctor_asked.
create function alert_open_proxies (of_alert uuid, of_person uuid, at timestamptz, in_force_until timestamptz) returns uuid[]
language plpgsql volatile security definer set search_path = notify, guard, pg_temp as $$
declare
    x record;
    proxies uuid[];
begin
    select a.municipality, a.patient_id into x from alert a where a.alert_id = of_alert;
    proxies := array (select distinct m.person_id
                        from alert_try t join membership m on m.office_id = t.office_id and m.roles & 16 <> 0
                       where t.municipality = x.municipality and t.alert_id = of_alert and t.person_id = of_person
                         and t.asked_at is not null and m.person_id <> of_person);
    insert into access (municipality, patient_id, person_id, alert_id, ground, until)
    select x.municipality, x.patient_id, p, of_alert, 'proxy', in_force_until from unnest (proxies) p
     where not exists (select from access a where a.alert_id = of_alert and a.person_id = p and a.ground = 'proxy' and a.until > at);
    return array (select p from unnest (proxies) p
                   where not exists (select from feed_head h join feed f on f.person_id = h.person_id and f.position = h.position
                                      where h.person_id = p and f.alert_id = of_alert and f.kind = 35 and f.at = alert_open_proxies.at));
end $$;
revoke all on function alert_open_proxies (uuid, uuid, timestamptz, timestamptz) from public;
grant execute on function alert_open_proxies (uuid, uuid, timestamptz, timestamptz) to renkei_notify, renkei_notify_engine;

-- The proxies an alert is open to: told in the application how it goes on, and nowhere else.
create function alert_proxies (of_alert uuid) returns setof uuid
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
begin
    return query select a.person_id from access a where a.alert_id = of_alert and a.ground = 'proxy' and a.until > guard.now ();
end $$;
revoke all on function alert_proxies (uuid) from public;
grant execute on function alert_proxies (uuid) to renkei_notify, renkei_notify_engine;

-- Who is no proxy any more of the clinic through which an alert was open to him reads it no longer.
create function access_drop_proxy (of_person uuid) returns void
language plpgsql volatile security definer set search_path = notify, guard, pg_temp as $$
begin
    delete from access a
     where a.person_id = of_person and a.ground = 'proxy'
       and not exists (select from alert_try t join membership m on m.office_id = t.office_id and m.person_id = of_person and m.roles & 16 <> 0
                        where t.municipality = a.municipality and t.alert_id = a.alert_id and t.person_id is not null
                          and t.asked_at is not null);
end $$;
revoke all on function access_drop_proxy (uuid) from public;
grant execute on function access_drop_proxy (uuid) to renkei_notify_engine;
