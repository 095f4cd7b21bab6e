-- FAX that comes in: codes on what we send, what arrived with its pages, and everything that was decided about it.

alter table fax add column wants_answer boolean not null default false;
alter table delivery add column page_code text;         -- printed as a square on a FAX

-- A random token stands on the page: no name, no id.  kind 1: test page of a number, 2: a page whose answer is expected.
create table fax_code (
    municipality text not null,
    code text not null,
    kind smallint not null check (kind in (1, 2)),
    for_office uuid not null,                           -- sent it and gets it back
    person_id uuid not null,                            -- sent it
    office_id uuid not null,                            -- it was sent to
    number text not null,
    test_code text,                                     -- 1: of the test it belongs to
    fax_id uuid,                                        -- 2
    patient_id uuid,                                    -- 2
    until timestamptz not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, code)
);
create index fax_code_text on fax_code (code);
create index fax_code_of_fax on fax_code (fax_id);
alter table fax_code enable row level security;
alter table fax_code force row level security;
create policy service on fax_code to renkei_:service using (true) with check (true);
create policy own_municipalities on fax_code as restrictive to renkei_:service
    using (municipality = any ((select guard.municipalities ())::text[])) with check (municipality = any ((select guard.municipalities ())::text[]));
create policy own_office on fax_code as restrictive to renkei_:service
    using (for_office = (select guard.office ())) with check (for_office = (select guard.office ()));
create policy engine on fax_code to renkei_:service_engine using (true) with check (true);
-- The tokens themselves are read by the engine only.
grant insert, select (fax_id, for_office, municipality), update (until) on fax_code to renkei_:service;
grant select on fax_code to renkei_:service_engine;

-- One file that was laid down for an office.  digest: of its name and bytes, so that it counts once whatever happens in between.
create table fax_in (
    municipality text not null,
    fax_in_id uuid not null,
    office_id uuid not null,
    digest bytea not null check (length (digest) = 32),
    file_name text not null,
    received_at timestamptz not null,
    number text,                                        -- digits, as the FAX server has it
    pages integer not null,
    state smallint not null,                            -- fax_in_state
    why smallint,                                       -- fax_in_why
    code_fax_id uuid,                                   -- the FAX its code stands for
    fax_id uuid,                                        -- filed as the answer to it
    patient_id uuid,
    given_to uuid,
    settled_at timestamptz,
    settled_by uuid,                                    -- NULL: its code did
    settled_by_name text,
    settled_to text,
    note text,
    version bigint not null default 1,
    told_again_at timestamptz,
    recorded_at timestamptz not null default now (),
    primary key (municipality, fax_in_id),
    unique (municipality, office_id, digest)
) with (fillfactor = 70);
create index fax_in_waiting on fax_in (office_id, received_at) where state = 1;
create index fax_in_overdue on fax_in (received_at) where state = 1 and told_again_at is null;
create index fax_in_settled on fax_in (office_id, settled_at);
create index fax_in_of_fax on fax_in (fax_id) where fax_id is not null;

create table fax_in_page (
    municipality text not null,
    fax_in_id uuid not null,
    page integer not null,
    office_id uuid not null,
    image bytea not null,                               -- PNG
    width integer not null,
    height integer not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, fax_in_id, page)
);
alter table fax_in_page alter column image set storage external;

-- Who decided what, when; only grows.
create table fax_in_event (
    municipality text not null,
    fax_in_id uuid not null,
    event bigint generated always as identity,
    office_id uuid not null,
    at timestamptz not null,
    state smallint not null,
    why smallint,
    person_id uuid,                                     -- NULL: the machine
    fax_id uuid,
    patient_id uuid,
    given_to uuid,
    note text,
    recorded_at timestamptz not null default now (),
    primary key (municipality, fax_in_id, event)
);

do $$
declare
    name text;
begin
    foreach name in array array['fax_in', 'fax_in_page', 'fax_in_event'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy service on %I to renkei_:service using (true) with check (true)', name);
        execute format ('create policy own_municipalities on %I as restrictive to renkei_:service
            using (municipality = any ((select guard.municipalities ())::text[]))
            with check (municipality = any ((select guard.municipalities ())::text[]))', name);
        execute format ('create policy own_office on %I as restrictive to renkei_:service
            using (office_id = (select guard.office ())) with check (office_id = (select guard.office ()))', name);
        execute format ('create policy engine on %I to renkei_:service_engine using (true) with check (true)', name);
    end loop;
end $$;
grant select, update on fax_in to renkei_:service;
grant select on fax_in_page to renkei_:service;
grant select, insert on fax_in_event to renkei_:service;
grant select, insert, update on fax_in to renkei_:service_engine;
grant insert, select on fax_in_page to renkei_:service_engine;
grant insert, select on fax_in_event to renkei_:service_engine;
grant update on fax_number to renkei_:service_engine;

insert into retention (table_name, by_month, keep, cursors) values
    ('fax_code', false, '400 days', false), ('fax_in', false, '1100 days', false), ('fax_in_page', false, '1100 days', false),
    ('fax_in_event', false, '1100 days', false);
