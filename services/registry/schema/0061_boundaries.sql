-- Where municipalities lie: outlines for the map, and the box in which a facility's coordinates are believed.

create table municipality_shape (
    municipality text primary key check (municipality ~ '^[0-9]{6}$'),         -- wards, too
    name text not null check (name <> ''),
    edition date not null,
    credit text not null check (credit <> ''),
    path text not null check (path ~ '^[Mlz0-9 -]*$'),                         -- SVG; degrees east and south times 10000
    west numeric not null,
    south numeric not null,
    east numeric not null,
    north numeric not null,
    office_name text,
    office_latitude numeric,
    office_longitude numeric,
    recorded_at timestamptz not null default now ()
);
alter table municipality_shape enable row level security;
alter table municipality_shape force row level security;
create policy everybody on municipality_shape to renkei_:service using (true) with check (true);
create policy readable on municipality_shape as restrictive for select to renkei_:service using (true);
create policy region_adds on municipality_shape as restrictive for insert to renkei_:service with check ((select acts_for_region ()));
create policy region_changes on municipality_shape as restrictive for update to renkei_:service using ((select acts_for_region ()));
grant select, insert, update on municipality_shape to renkei_:service;
