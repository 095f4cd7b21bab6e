-- Offices in the scheme of attending and deputy doctors (主治医・副主治医制): from when until when, on which days, at which hours, for what.
-- Only grows: a change is a further version of the part, the newest one counts, the older ones say what was promised before and by whom.

create table scheme_part (
    municipality text not null,                         -- the office's
    part_id uuid not null,
    version integer not null check (version >= 1),
    office_id uuid not null,
    from_day date not null,
    until_day date check (until_day >= from_day),       -- NULL: until further notice
    bands integer[] not null check (cardinality (bands) > 0 and cardinality (bands) % 5 = 0),
                                                        -- five numbers each: set of day classes (bit class - 1), set of weekdays
                                                        -- (bit day - 1; 0: all), from, to (minutes), set of conditions (0: all)
    note text,
    withdrawn boolean not null,                         -- before it began
    set_by uuid not null,
    set_at timestamptz not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, part_id, version),
    unique (part_id, version),
    foreign key (municipality, office_id) references office (municipality, office_id)
);
create index scheme_part_of_office on scheme_part (office_id, part_id, version desc);
grant select, insert on scheme_part to renkei_:service;
grant select on scheme_part to renkei_:service_engine;

alter table scheme_part enable row level security;
alter table scheme_part force row level security;
create policy service on scheme_part to renkei_:service using (true) with check (true);
create policy own_municipality on scheme_part as restrictive to renkei_:service
    using (municipality = any ((select guard.municipalities ())::text[]) or (select acts_for_region ()))
    with check (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy engine on scheme_part for select to renkei_:service_engine using (true);
