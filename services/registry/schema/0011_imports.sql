-- Imports: a file on its way into the registry, what it would do or has done, and every row that was refused or looks doubtful.
-- They are the curators' own: visible to the municipality that began them, and to who runs the region.

create table import (
    municipality text not null check (municipality ~ '^[0-9]{6}$'),
    import_id uuid not null,
    upload_id uuid not null,
    file text not null,
    profile text not null,
    source_date date,
    encoding text check (encoding in ('utf-8', 'cp932')),                      -- NULL: not found out yet
    force boolean not null,
    state text not null check (state in ('checking', 'checked', 'running', 'done', 'refused', 'failed')),
    phase text not null check (phase in ('read', 'cover', 'wait', 'verify', 'write', 'absent', 'clean', 'end')),
    header text,                                        -- header record, UTF-8
    at bigint not null default 0,                       -- bytes of the file read
    size bigint not null,
    line bigint not null default 1,                     -- line at `at`
    written_line bigint not null default 0,
    written bigint not null default 0,                  -- rows written so far
    chunk integer not null default 1000,                -- rows a transaction, so that it stays below 200 ms
    staged bigint not null default 0,                   -- rows in import_row
    base bigint not null default 0,                     -- imports done when the file was compared
    rows_read bigint not null default 0,
    added bigint not null default 0,
    changed bigint not null default 0,
    unchanged bigint not null default 0,
    refused bigint not null default 0,
    doubtful bigint not null default 0,
    absent bigint not null default 0,
    lost_zeros bigint not null default 0,
    phone_is_number bigint not null default 0,
    why text,
    started_at timestamptz not null,
    started_by uuid not null,
    run_by uuid,
    recorded_at timestamptz not null default now (),
    primary key (municipality, import_id)
) with (fillfactor = 50);
create index import_active on import (started_at) where phase not in ('wait', 'end');
create index import_by_id on import (import_id);

create table import_count (
    municipality text not null,
    import_id uuid not null,
    located_in text not null,
    name text not null,
    added bigint not null,
    changed bigint not null,
    unchanged bigint not null,
    refused bigint not null,
    doubtful bigint not null,
    primary key (municipality, import_id, located_in),
    foreign key (municipality, import_id) references import (municipality, import_id) on delete cascade
) with (fillfactor = 70);

create table import_problem (
    municipality text not null,
    import_id uuid not null,
    line bigint not null,
    number bigint generated always as identity,
    title text not null,                                -- column by its header
    value text,
    reason text not null,
    refused boolean not null,
    primary key (municipality, import_id, line, number),
    foreign key (municipality, import_id) references import (municipality, import_id) on delete cascade
);

alter table import enable row level security;
alter table import force row level security;
alter table import_count enable row level security;
alter table import_count force row level security;
alter table import_problem enable row level security;
alter table import_problem force row level security;
create policy service on import to renkei_:service using (true) with check (true);
create policy service on import_count for select to renkei_:service using (true);
create policy service on import_problem for select to renkei_:service using (true);
create policy own_municipality on import as restrictive to renkei_:service
    using (municipality = (select guard.municipality ()) or (select acts_for_region ()))
    with check (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy own_municipality on import_count as restrictive to renkei_:service
    using (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy own_municipality on import_problem as restrictive to renkei_:service
    using (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy engine on import to renkei_:service_engine using (true) with check (true);
create policy engine on import_count to renkei_:service_engine using (true) with check (true);
create policy engine on import_problem to renkei_:service_engine using (true) with check (true);
grant select, insert on import to renkei_:service;
grant update (state, phase, run_by) on import to renkei_:service;
grant select on import_count, import_problem to renkei_:service;
grant select, insert, update, delete on import, import_count, import_problem to renkei_:service_engine;

-- Rows of files being imported, compared with the registry: n new, c changed, u unchanged (those without their values).
-- Unlogged: after a crash it is empty, and the file is read again.
create unlogged table import_row (
    import_id uuid not null,
    line bigint not null,
    facility_id uuid not null,
    kind text not null,
    service text not null,
    located_in text not null,
    number text,
    city text,                                          -- designated city of a ward, else located_in
    prefecture text,                                    -- names as the source writes them
    place text,
    name text,
    name_kana text,
    address text,
    building text,
    latitude numeric,
    longitude numeric,
    phone text,
    phone_doubtful boolean,
    fax text,
    corporation_number text,
    corporation_name text,
    days text,
    days_note text,
    capacity integer,
    url text,
    email text,
    shared_service text,
    care_standard text,
    disability_standard text,
    remark text,
    extra jsonb,
    provenance jsonb,
    content uuid,
    search text,
    sort_key text,
    grams text[],
    service_folded text,
    event_id uuid,
    event bytea                                         -- facility_changed as it goes into the event log
);
create index import_row_facility on import_row (import_id, facility_id);
create index import_row_write on import_row (import_id, line) where kind <> 'u';
grant select, insert, delete on import_row to renkei_:service_engine;

insert into retention (table_name, by_month, keep) values ('import', false, '400 days');
