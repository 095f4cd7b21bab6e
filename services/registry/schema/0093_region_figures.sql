-- Why a municipality takes part although it lies in another 二次医療圏 (KU-01), and how many people of 75 and older live where (A-31).

alter table municipality add column reason text;
grant update (reason) on municipality to renkei_:service;

-- Figures as somebody entered them, with their year and source; of a whole municipality (care_area '') or of one of its 日常生活圏域.
create table population (
    municipality text not null references municipality (code),
    care_area text not null,
    year integer not null check (year between 2000 and 2100),
    people integer check (people >= people_75),
    people_75 integer not null check (people_75 > 0),
    source text not null check (source <> ''),
    set_by uuid not null,
    set_at timestamptz not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, care_area, year)
) with (fillfactor = 70);
grant select, insert on population to renkei_:service;
grant update (people, people_75, source, set_by, set_at) on population to renkei_:service;
alter table population enable row level security;
alter table population force row level security;
create policy everybody on population to renkei_:service using (true) with check (true);
create policy own_municipality on population as restrictive to renkei_:service
    using (true) with check (municipality = (select guard.municipality ()) or (select acts_for_region ()));
