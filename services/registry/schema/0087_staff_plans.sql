-- Who joins, leaves or changes on a day to come: the list an office hands over in April.  Nothing happens by it alone.
create table staff_plan (
    municipality text not null,                         -- the office's
    plan_id uuid not null,
    office_id uuid not null,
    on_day date not null,
    kind smallint not null check (kind between 1 and 3),
    name text not null,
    note text,
    made_by uuid not null references person (person_id),
    made_at timestamptz not null,
    withdrawn_at timestamptz,
    recorded_at timestamptz not null default now (),
    primary key (municipality, plan_id),
    foreign key (municipality, office_id) references office (municipality, office_id)
);
create index staff_plan_of_office on staff_plan (municipality, office_id, on_day);
grant select, insert, update (on_day, kind, name, note, made_by, made_at, withdrawn_at) on staff_plan to renkei_:service;
grant select on staff_plan to renkei_:service_engine;
alter table staff_plan enable row level security;
alter table staff_plan force row level security;
create policy service on staff_plan to renkei_:service using (true) with check (true);
create policy own_municipality on staff_plan as restrictive to renkei_:service
    using (municipality = (select guard.municipality ()) or (select acts_for_region ()) or office_id = any ((select managed_offices ())::uuid[]))
    with check (municipality = (select guard.municipality ()) or (select acts_for_region ())
                or office_id = any ((select managed_offices ())::uuid[]));
create policy engine on staff_plan to renkei_:service_engine using (true) with check (true);
