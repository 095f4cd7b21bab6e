-- What notify keeps of the state events of registry and sharing.  version: the owner's subject version; older ones never win.
-- Numbers of choices (seat, place, kind …) are those of proto/types.

-- Professionals and offices are region-level: their municipality is called located_in.
create table municipality (
    code text primary key,
    name text not null,
    version bigint not null
);

create table office (
    office_id uuid primary key,
    name text not null,
    located_in text not null,
    phone text,
    duty_phone text,
    email text,
    version bigint not null
);

-- roles: bit (role - 1); 0 when the person has left that office.
create table membership (
    membership_id uuid primary key,
    person_id uuid not null,
    name text not null,
    office_id uuid not null,
    located_in text not null,
    roles bigint not null,
    version bigint not null
);
create index membership_of_person on membership (person_id);
create index membership_of_office on membership (office_id);

-- giving opens its records to receiving.
create table agreement (
    agreement_id uuid primary key,
    giving text not null,
    receiving text not null,
    from_date date not null,
    to_date date,
    version bigint not null
);

-- address is read by the sender only.
create table contact_point (
    contact_point_id uuid primary key,
    person_id uuid not null,
    kind smallint not null,
    address text not null,                              -- empty when removed
    reachable boolean not null generated always as (address <> '') stored,
    version bigint not null
);
create index contact_point_of_person on contact_point (person_id);

create table patient (
    municipality text not null,
    patient_id uuid not null,
    name text not null,
    name_kana text not null,
    birth_date date not null,
    place smallint not null,
    place_name text,
    place_phone text,
    phone text,
    terminal_phase boolean not null,
    terminal_first_phone text,
    version bigint not null,
    primary key (municipality, patient_id)
);
create index patient_by_id on patient (patient_id);

create table team_seat (
    municipality text not null,
    patient_id uuid not null,
    member_id uuid not null,
    seat smallint not null,
    person_id uuid not null,
    office_id uuid not null,
    primary key (municipality, patient_id, member_id)
);
create index team_seat_of_patient on team_seat (patient_id, person_id);

-- scopes: numbers of consent_scope in force; rotations: whose doctors the person consented to.
create table consent (
    municipality text not null,
    patient_id uuid not null,
    scopes smallint[] not null,
    rotations uuid[] not null,
    version bigint not null,
    primary key (municipality, patient_id)
);

grant select on municipality, office, membership, agreement to renkei_notify;
grant select (contact_point_id, person_id, kind, reachable) on contact_point to renkei_notify;
grant select on patient, team_seat, consent to renkei_notify;
grant select, insert, update on municipality, office, membership, agreement, contact_point, patient, consent to renkei_notify_engine;
grant select, insert, update, delete on team_seat to renkei_notify_engine;
