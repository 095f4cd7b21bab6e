-- Desks that a municipality sets up for questions about care at home (O-01; e.g. 在宅医療・介護連携支援センター).  Public: everybody may read
-- them, also without a log-in; the municipality itself writes them, and who acts for the region.

create table support_desk (
    municipality text not null references municipality (code),
    desk_id uuid not null,
    name text not null,
    role text not null,                                 -- what it is there for
    operator text not null,                             -- who runs it: the municipality, or whom it asked to
    address text not null,
    phone text not null,
    fax text,
    email text,
    hours text not null,
    area text not null,                                 -- which part of the municipality it serves
    residents boolean not null,                         -- true: residents may turn to it themselves, not only professionals
    closed boolean not null,                            -- no longer there; kept
    changed_at timestamptz not null,
    set_by uuid not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, desk_id)
);
create index support_desk_by_id on support_desk (desk_id);
grant select, insert on support_desk to renkei_:service;
grant update (name, role, operator, address, phone, fax, email, hours, area, residents, closed, changed_at, set_by) on support_desk
    to renkei_:service;
grant select on support_desk to renkei_:service_engine;

alter table support_desk enable row level security;
alter table support_desk force row level security;
create policy everybody on support_desk to renkei_:service using (true) with check (true);
create policy own_municipality on support_desk as restrictive to renkei_:service
    using (true) with check (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy engine on support_desk for select to renkei_:service_engine using (true);
