-- People, offices and who works where.
--
-- person is region-level: one human being, whatever the municipalities he or she works in.  Exempt from R1 by list (with account, 0003);
-- a person is shown to others only through a membership, which R1 covers.  An office is a published address: everybody in the region may
-- read it (find a colleague next door, the duty telephone), only its own municipality may write it.

create table person (
    person_id uuid primary key,
    name text not null,
    name_kana text not null,
    email text,
    phone text,
    email_point uuid not null,                          -- the contact point made from it; orders its events
    search text not null,                               -- folded name and kana
    recorded_at timestamptz not null default now ()
);
grant select, insert on person to renkei_:service;
grant update (name, name_kana, email, phone, search) on person to renkei_:service;
grant select, insert on person to renkei_:service_engine;

create table office (
    municipality text not null check (municipality ~ '^[0-9]{6}$'),            -- 000000: the region's own office
    office_id uuid not null,
    name text not null,
    phone text,
    duty_phone text,
    email text,
    facility_number text,
    search text not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, office_id)
);
create index office_by_id on office (office_id);
grant select, insert on office to renkei_:service;
grant update (name, phone, duty_phone, email, facility_number, search) on office to renkei_:service;
grant select, insert on office to renkei_:service_engine;

create table membership (
    municipality text not null,                         -- the office's
    membership_id uuid not null,                        -- made from person and office
    person_id uuid not null references person (person_id),
    office_id uuid not null,
    roles text[] not null check (cardinality (roles) between 1 and 8),
    since timestamptz not null,
    ended_at timestamptz,
    recorded_at timestamptz not null default now (),
    primary key (municipality, membership_id),
    foreign key (municipality, office_id) references office (municipality, office_id)
);
create index membership_person on membership (person_id, office_id) where ended_at is null;
create index membership_office on membership (municipality, office_id) where ended_at is null;
create index membership_by_id on membership (membership_id);
grant select, insert on membership to renkei_:service;
grant update (roles, since, ended_at) on membership to renkei_:service;
grant select, insert on membership to renkei_:service_engine;

-- Does the asker act as operator or administrator in the office of the signed context?
create function acts_for_region () returns boolean
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select exists (select from membership m
                    where m.person_id = (select guard.person ()) and m.office_id = (select guard.office ()) and m.ended_at is null
                      and m.roles && array['operator', 'administrator'])
$$;
revoke all on function acts_for_region () from public;
grant execute on function acts_for_region () to renkei_:service;

-- What decides who may change a person: where the person works (also in municipalities the asker cannot see) and whether the person runs
-- the region.  Says nothing else.
create function standing_of (who uuid, out municipalities text[], out runs_region boolean)
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select coalesce (array_agg (distinct m.municipality), '{}'),
           coalesce (bool_or (m.roles && array['operator', 'administrator']), false)
      from membership m where m.person_id = who and m.ended_at is null
$$;
revoke all on function standing_of (uuid) from public;
grant execute on function standing_of (uuid) to renkei_:service;

-- ---- row-level security ---------------------------------------------------------------------------------------------------------------

alter table office enable row level security;
alter table office force row level security;
create policy service on office to renkei_:service using (true) with check (true);
create policy own_municipality on office as restrictive to renkei_:service
    using (true) with check (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy engine on office to renkei_:service_engine using (true) with check (true);

alter table membership enable row level security;
alter table membership force row level security;
create policy service on membership to renkei_:service using (true) with check (true);
create policy own_municipality on membership as restrictive to renkei_:service
    using (municipality = any ((select guard.municipalities ())::text[])
           or person_id = (select guard.person ()) or (select acts_for_region ()))
    with check (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy engine on membership to renkei_:service_engine using (true) with check (true);

grant select, insert on municipality, agreement to renkei_:service;
grant update (prefecture, name, desk_phone, in_region) on municipality to renkei_:service;
grant update (from_day, to_day) on agreement to renkei_:service;
grant select on municipality, agreement to renkei_:service_engine;
alter table municipality enable row level security;
alter table municipality force row level security;
alter table agreement enable row level security;
alter table agreement force row level security;
create policy everybody on municipality for select to renkei_:service, renkei_:service_engine using (true);
create policy region_adds on municipality for insert to renkei_:service with check ((select acts_for_region ()));
create policy region_changes on municipality for update to renkei_:service
    using ((select acts_for_region ())) with check ((select acts_for_region ()));
create policy everybody on agreement for select to renkei_:service, renkei_:service_engine using (true);
create policy region_adds on agreement for insert to renkei_:service with check ((select acts_for_region ()));
create policy region_changes on agreement for update to renkei_:service
    using ((select acts_for_region ())) with check ((select acts_for_region ()));
