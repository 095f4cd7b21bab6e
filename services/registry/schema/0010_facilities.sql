-- Facilities: what is published about every care office, with the source of each field.  Readable by the whole region; written by imports only.

create table facility (
    facility_id uuid primary key,                       -- made from number and service: the same for ever
    number text not null check (number ~ '^[0-9A-Z]{10}$'),                    -- 事業所番号; shared by up to six services
    service text not null check (service <> ''),
    located_in text not null check (located_in ~ '^[0-9]{6}$'),                -- where it stands, anywhere in Japan
    municipality text check (municipality ~ '^[0-9]{6}$'),                     -- who looks after it; NULL outside the region
    name text not null,
    name_kana text,
    address text,
    building text,
    latitude numeric,                                   -- degrees, WGS 84
    longitude numeric,
    phone text,
    phone_doubtful boolean not null,
    fax text,
    corporation_number text,
    corporation_name text,
    days text,
    days_note text,
    capacity integer check (capacity > 0),              -- persons; NULL: not stated
    url text,
    email text,
    shared_service text,
    care_standard text,
    disability_standard text,
    remark text,
    extra jsonb,                                        -- columns of the source the registry does not know
    source text not null,                               -- profile it was imported by
    provenance jsonb not null,                          -- "*": source, source_date, line of every field; FIELD: raw, doubtful where they differ
    content uuid not null,                              -- fingerprint of the row as imported
    not_in_latest date,                                 -- missing since the source of this date; never deleted
    search text not null,                               -- folded name and kana, a line each
    sort_key text not null,                             -- folded kana, or name where there is none
    grams text[] not null,                              -- pairs of neighbouring characters of search, and ^ with the first one
    recorded_at timestamptz not null default now (),
    unique (number, service)
);
create index facility_order on facility (sort_key, facility_id);
create index facility_service_order on facility (service, sort_key, facility_id);
create index facility_place_order on facility (located_in, sort_key, facility_id);
create index facility_grams on facility using gin (grams);

-- Facilities are published data without people: no municipality hides them from another.
alter table facility enable row level security;
alter table facility force row level security;
create policy everybody on facility for select to renkei_:service using (true);
create policy engine on facility to renkei_:service_engine using (true) with check (true);
grant select on facility to renkei_:service;
grant select, insert, update on facility to renkei_:service_engine;

-- Names of municipalities as the sources write them, and kinds of service with how many offices offer them.
create table facility_place (
    located_in text primary key check (located_in ~ '^[0-9]{6}$'),
    prefecture text not null,
    name text not null
);
create table facility_service (
    service text primary key,
    folded text not null,
    count bigint not null
) with (fillfactor = 70);
grant select on facility_place, facility_service to renkei_:service;
grant select, insert, update on facility_place, facility_service to renkei_:service_engine;
