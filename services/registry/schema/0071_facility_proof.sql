-- Proofs of what residents will see of a facility (A-17).  One is sent, its link confirms or corrects; sent again after an answer it is a new
-- one, and every answer stays.  The newest answer counts.

create table facility_proof (
    proof_id uuid primary key,                          -- in the link; proven by a key outside the database
    facility_id uuid not null references facility (facility_id),
    keeper text,                                        -- municipality that looks after the facility
    sent_at timestamptz not null,
    sent_by uuid not null,
    answered_at timestamptz,
    correction text,                                    -- NULL: all is right
    answered_by text,                                   -- for the office
    by_person uuid,                                     -- NULL: by the link
    newest boolean not null,                            -- answer of this facility, or the one it waits for
    recorded_at timestamptz not null default now (),
    check ((answered_at is null) = (answered_by is null))
) with (fillfactor = 70);
create unique index facility_proof_open on facility_proof (facility_id) where answered_at is null;
create unique index facility_proof_newest on facility_proof (facility_id) where newest and answered_at is not null;
grant select, insert, update (answered_at, correction, answered_by, by_person, newest) on facility_proof to renkei_:service, renkei_:service_engine;

-- Who looks after the facility, and its own office; a link runs under the engine's role.
alter table facility_proof enable row level security;
alter table facility_proof force row level security;
create policy keepers on facility_proof to renkei_:service
    using (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)))
    with check (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)));
create policy engine on facility_proof to renkei_:service_engine using (true) with check (true);

-- Reports that what is known of a facility differs (A-26): a task for who looks after it.
create table facility_report (
    report_id uuid primary key,
    facility_id uuid not null references facility (facility_id),
    keeper text,
    what text not null check (what <> ''),
    by_person uuid,                                     -- NULL: a proof by its link
    by_office uuid,
    by_name text,                                       -- who answered the proof for the office
    reported_at timestamptz not null,
    outcome smallint check (outcome in (1, 2)),         -- NULL: open
    words text,
    settled_by uuid,
    settled_at timestamptz,
    recorded_at timestamptz not null default now (),
    check (by_person is not null or by_name is not null),
    check ((outcome is null) = (settled_at is null) and (outcome is null) = (settled_by is null))
) with (fillfactor = 70);
create index facility_report_open on facility_report (reported_at desc, report_id) where outcome is null;
create index facility_report_order on facility_report (reported_at desc, report_id);
grant select, insert, update (outcome, words, settled_by, settled_at) on facility_report to renkei_:service;
grant insert on facility_report to renkei_:service_engine;

alter table facility_report enable row level security;
alter table facility_report force row level security;
create policy keepers on facility_report to renkei_:service
    using (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ()))
    with check (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ()));
create policy reporter on facility_report for select to renkei_:service using (by_person = (select guard.person ()));
create policy reports on facility_report for insert to renkei_:service with check (by_person = (select guard.person ()) and outcome is null);
create policy engine on facility_report for insert to renkei_:service_engine with check (by_person is null and outcome is null);

create function facility_proof_moved () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
begin
    update facility_proof set keeper = new.municipality where facility_id = new.facility_id;
    update facility_report set keeper = new.municipality where facility_id = new.facility_id;
    return null;
end $$;
revoke all on function facility_proof_moved () from public;
create trigger proof_moved after update of municipality on facility
    for each row when (old.municipality is distinct from new.municipality) execute function facility_proof_moved ();

-- Who hears of a report: officers of the municipality that looks after the facility; where there are none, who acts for the region.
create function facility_registrars (of_facility uuid) returns uuid[]
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    with officer as (select distinct m.person_id from facility f join membership m on m.municipality = f.municipality
                      where f.facility_id = of_facility and m.ended_at is null and 'municipal_officer' = any (m.roles) limit 50),
         region as (select distinct m.person_id from membership m
                     where m.ended_at is null and m.roles && array['operator', 'administrator'] limit 50)
    select coalesce (array_agg (x.person_id), '{}')
      from (select person_id from officer union all select person_id from region where not exists (select from officer)) x
$$;
revoke all on function facility_registrars (uuid) from public;
grant execute on function facility_registrars (uuid) to renkei_:service, renkei_:service_engine;

-- The same as in 0070, with the square it lies in (0060).
create or replace view facility_public with (security_invoker = true) as
    select f.facility_id, f.number, f.service, f.located_in, f.municipality, f.name, f.name_kana, f.address, f.building, f.phone,
           f.phone_doubtful, f.url, f.latitude, f.longitude, f.search, f.sort_key, f.grams, f.cell
      from facility f
     where f.not_in_latest is null
       and exists (select from facility_review r where r.facility_id = f.facility_id and r.taken_at is null);

-- Facilities that residents see and that confirmed what is shown; who said so for them is nobody's business here.  Owner's rights and barrier
-- as of facility_public_item.
create view facility_public_proof with (security_barrier = true) as
    select p.facility_id, p.answered_at
      from facility_proof p
     where p.newest and p.answered_at is not null and p.correction is null
       and exists (select from facility_public f where f.facility_id = p.facility_id);
grant select on facility_public_proof to renkei_:service, renkei_:service_engine;

-- What residents would see of a facility that they do not see yet: the proof of it.  For who keeps the record, its own office and its link;
-- the items of facility_public_item by the same rule.
create function facility_proof_items (of_facility uuid)
returns table (item smallint, answer smallint, performed boolean, text text, confirmed_at timestamptz)
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select i.item, i.answer, i.performed, i.text, i.confirmed_at from facility_item i
     where i.facility_id = of_facility and i.until_at is null and i.shown_to & 4 <> 0 and i.item between 1 and 18
     order by i.item, i.notified
$$;
revoke all on function facility_proof_items (uuid) from public;
grant execute on function facility_proof_items (uuid) to renkei_:service, renkei_:service_engine;
