-- Visits at night that a person's doctor entrusts to another office's duty (U-33): what the order of doctors must know, and how the reports
-- of such visits are followed until a doctor has read them.

-- As sharing last announced them; the arrays are parallel.  bands: bit (night_band - 1).
create table night_entrust (
    municipality text not null,
    patient_id uuid not null,
    offices uuid[] not null,
    from_us bigint[] not null,
    until_us bigint[] not null,
    bands bigint[] not null,
    call_doctor boolean[] not null,
    version bigint not null,
    primary key (municipality, patient_id)
);

-- step: 0 told in the feed, the morning's letter is due; 1 written to, the time to read runs; 2 closed (read, corrected, or given up).
-- reminded: how often it was said that it is unread.
create table night_report (
    municipality text not null,
    patient_id uuid not null,
    visit_id uuid not null,
    office_id uuid not null,
    reported_by uuid not null,
    reported_at timestamptz not null,
    step smallint not null default 0 check (step between 0 and 2),
    reminded smallint not null default 0,
    next_action_at timestamptz,
    read_at timestamptz,
    read_by uuid,
    primary key (municipality, patient_id, visit_id),
    check ((step = 2) = (next_action_at is null))
) with (fillfactor = 70);
create index night_report_due on night_report (next_action_at) where next_action_at is not null;

do $$
declare
    name text;
begin
    foreach name in array array['night_entrust', 'night_report'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy engine on %I to renkei_notify_engine using (true) with check (true)', name);
    end loop;
end $$;
-- Who may see the person's order of doctors sees what changes it (0004_access.sql); reports are followed by the engine only.
create policy service on night_entrust to renkei_notify using (true);
create policy own_municipalities on night_entrust as restrictive to renkei_notify
    using (municipality = any ((select guard.municipalities ())::text[]));
create policy opened on night_entrust as restrictive for select to renkei_notify using (exists (select from access a
    where a.municipality = night_entrust.municipality and a.patient_id = night_entrust.patient_id
      and (a.office_id = (select guard.office ()) or a.person_id = (select guard.person ()))
      and (a.until is null or a.until > (select guard.now ())) offset 0));

grant select on night_entrust to renkei_notify;
grant select, insert, update on night_entrust, night_report to renkei_notify_engine;
