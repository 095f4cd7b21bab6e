-- Who looks after the people of an office: an office pledges, its municipality approves, then its own manager gives accounts the same day;
-- the manager of another office (a medical association, a support centre) may be charged with it, too (E-27, E-41).
--
-- What was pledged, decided and charged is INSERT-only; the newest row counts.  Facts about offices, like the office itself open to the region;
-- written for the own municipality only.

create table office_pledge (
    municipality text not null,                         -- the office's
    office_id uuid not null,
    pledged_at timestamptz not null,
    text_version text not null,
    person_id uuid not null references person (person_id),
    recorded_at timestamptz not null default now (),
    primary key (municipality, office_id, pledged_at),
    foreign key (municipality, office_id) references office (municipality, office_id)
);

create table office_approval (
    municipality text not null,
    office_id uuid not null,
    decided_at timestamptz not null,
    approved boolean not null,
    roles text[] not null,                              -- what its people may be
    person_id uuid not null references person (person_id),
    recorded_at timestamptz not null default now (),
    primary key (municipality, office_id, decided_at),
    foreign key (municipality, office_id) references office (municipality, office_id)
);

create table office_keeper (
    municipality text not null,                         -- of the office that is kept
    office_id uuid not null,
    set_at timestamptz not null,
    keeper_id uuid,                                     -- NULL: nobody else any more
    person_id uuid not null references person (person_id),
    recorded_at timestamptz not null default now (),
    primary key (municipality, office_id, set_at),
    foreign key (municipality, office_id) references office (municipality, office_id)
);
create index office_keeper_of on office_keeper (keeper_id);

-- Who confirmed what everybody of an office is.  shown: person and roles, as they were looked at.
create table rights_review (
    municipality text not null,
    office_id uuid not null,
    reviewed_at timestamptz not null,
    person_id uuid not null references person (person_id),
    shown text[] not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, office_id, reviewed_at),
    foreign key (municipality, office_id) references office (municipality, office_id)
);

grant select, insert on office_pledge, office_approval, office_keeper, rights_review to renkei_:service;
grant select on office_pledge, office_approval, office_keeper, rights_review to renkei_:service_engine;

-- The offices the asker manages: the one acted for and those in its keeping, as a manager there; empty for everybody else.
create function managed_offices () returns uuid[]
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select coalesce (array_agg (o.office_id), '{}')
      from (select guard.office () as office_id
            union
            select k.office_id from office_keeper k
             where k.keeper_id = guard.office ()
               and k.set_at = (select max (n.set_at) from office_keeper n where n.municipality = k.municipality and n.office_id = k.office_id)) o
     where exists (select from membership m
                    where m.person_id = guard.person () and m.office_id = guard.office () and m.ended_at is null
                      and 'service_manager' = any (m.roles))
$$;
revoke all on function managed_offices () from public;
grant execute on function managed_offices () to renkei_:service;

-- Where an office stands: the newest of everything.
create view office_standing with (security_invoker = true) as
    select o.municipality, o.office_id, p.pledged_at, p.person_id as pledged_by, p.text_version,
           case when a.approved then a.decided_at end as approved_at, case when a.approved then a.person_id end as approved_by,
           case when a.approved then a.roles else '{}' end as roles, coalesce (a.approved, false) and p.pledged_at is not null as open,
           k.keeper_id, r.reviewed_at, r.person_id as reviewed_by, greatest (r.reviewed_at, a.decided_at, o.recorded_at) as looked_at
      from office o
      left join lateral (select * from office_pledge x where x.municipality = o.municipality and x.office_id = o.office_id
                          order by x.pledged_at desc limit 1) p on true
      left join lateral (select * from office_approval x where x.municipality = o.municipality and x.office_id = o.office_id
                          order by x.decided_at desc limit 1) a on true
      left join lateral (select * from office_keeper x where x.municipality = o.municipality and x.office_id = o.office_id
                          order by x.set_at desc limit 1) k on true
      left join lateral (select * from rights_review x where x.municipality = o.municipality and x.office_id = o.office_id
                          order by x.reviewed_at desc limit 1) r on true;
grant select on office_standing to renkei_:service;

-- As before, and: does the person work in an office the asker manages (inside), in another one (outside), in none so far and without an
-- account (unplaced); has the asker an office whose people it may give accounts to (staffs)?
drop function standing_of (uuid);
create function standing_of (who uuid, out municipalities text[], out runs_region boolean, out inside boolean, out outside boolean,
                             out unplaced boolean, out staffs boolean)
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    with managed as materialized (select managed_offices () as offices)
    select coalesce (array_agg (distinct m.municipality) filter (where m.ended_at is null), '{}'),
           coalesce (bool_or (m.roles && array['operator', 'administrator']) filter (where m.ended_at is null), false),
           coalesce (bool_or (m.office_id = any ((select offices from managed)::uuid[])) filter (where m.ended_at is null), false),
           coalesce (bool_or (m.office_id <> all ((select offices from managed)::uuid[])) filter (where m.ended_at is null), false),
           count (m.membership_id) = 0 and not exists (select from account a where a.person_id = who),
           exists (select from office_standing s where s.office_id = any ((select offices from managed)::uuid[]) and s.open)
      from membership m where m.person_id = who
$$;
revoke all on function standing_of (uuid) from public;
grant execute on function standing_of (uuid) to renkei_:service;

-- A keeper's offices may lie in another municipality.
drop policy own_municipality on membership;
create policy own_municipality on membership as restrictive to renkei_:service
    using (municipality = any ((select guard.municipalities ())::text[])
           or person_id = (select guard.person ()) or (select acts_for_region ()) or office_id = any ((select managed_offices ())::uuid[]))
    with check (municipality = (select guard.municipality ()) or (select acts_for_region ())
                or office_id = any ((select managed_offices ())::uuid[]));

do $$
declare
    name text;
begin
    foreach name in array array['office_pledge', 'office_approval', 'office_keeper', 'rights_review'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy service on %I to renkei_:service using (true) with check (true)', name);
        execute format ('create policy own_municipality on %I as restrictive to renkei_:service
            using (%s) with check (municipality = (select guard.municipality ()) or (select acts_for_region ())
                                   or office_id = any ((select managed_offices ())::uuid[]))', name,
            case name when 'rights_review' then 'municipality = (select guard.municipality ()) or (select acts_for_region ())
                                                 or office_id = any ((select managed_offices ())::uuid[])' else 'true' end);
        execute format ('create policy engine on %I to renkei_:service_engine using (true) with check (true)', name);
    end loop;
end $$;
