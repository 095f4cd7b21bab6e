-- FAX: an office's number is tested by a coded page before any page about a patient, and again after every change.

create table fax_number (
    office_id uuid primary key,
    number text not null,
    state smallint not null,                            -- fax_number_state
    test_code text not null,                            -- on the test page
    set_by uuid not null,
    tested_at timestamptz,
    confirmed_by uuid,
    confirmed_at timestamptz
) with (fillfactor = 70);
grant select, insert, update on fax_number to renkei_:service;
grant select on fax_number to renkei_:service_engine;

-- A page about a patient, masked; what was sent, by whom, to whom as the sender confirmed it; and a page that went astray.
create table fax (
    municipality text not null,
    fax_id uuid not null,
    patient_id uuid not null,
    delivery_id uuid not null,
    office_id uuid not null,
    office text not null,
    number text not null,
    reference text not null,
    title text not null,
    sent_by uuid not null,
    sent_by_name text not null,
    from_office uuid not null,
    created_at timestamptz not null,
    misdirected_at timestamptz,
    misdirected_to text,
    misdirected_what text,
    misdirected_by uuid,
    recovered boolean,
    primary key (municipality, fax_id)
);
create index fax_of_office on fax (from_office, created_at);
alter table fax enable row level security;
alter table fax force row level security;
create policy service on fax to renkei_:service using (true) with check (true);
create policy own_municipalities on fax as restrictive to renkei_:service
    using (municipality = any ((select guard.municipalities ())::text[])) with check (municipality = any ((select guard.municipalities ())::text[]));
create policy own_office on fax as restrictive for select to renkei_:service using (from_office = (select guard.office ()));
create policy engine on fax to renkei_:service_engine using (true);
grant select, insert, update on fax to renkei_:service;
grant select on fax to renkei_:service_engine;
