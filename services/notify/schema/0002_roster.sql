-- Who has duty when, and in which order a person's doctors are asked.

create table rotation (
    rotation_id uuid primary key,
    name text not null,
    located_in text not null,
    kind smallint not null,
    advance smallint not null,
    anchor date not null,
    handoff_minute integer not null check (handoff_minute between 0 and 1439),
    day_classes integer not null,                       -- set: bit (day_class - 1)
    from_minute integer not null check (from_minute between 0 and 1439),
    to_minute integer not null check (to_minute between 1 and 2880 and to_minute > from_minute),
    version bigint not null                             -- of everything that decides its shifts: rule, members, their absences
) with (fillfactor = 70);

create table rotation_member (
    rotation_id uuid not null references rotation on delete cascade,
    position integer not null,
    person_id uuid not null,
    office_id uuid not null,
    primary key (rotation_id, position)
);
create index rotation_member_person on rotation_member (person_id);

create table absence (
    absence_id uuid primary key,
    person_id uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null check (to_at > from_at),
    reason text,
    entered_by uuid not null,
    removed_by uuid,
    removed_at timestamptz,
    recorded_at timestamptz not null default now ()
);
create index absence_of_person on absence (person_id, to_at) where removed_at is null;

-- The desk that is always asked last.
create table last_resort (
    located_in text primary key,
    office_id uuid not null,
    name text not null,
    phone text not null,
    set_by uuid not null
);

-- What Redis should hold for a rotation: a table of this version with this digest.  A value that does not fit is not believed.
create table shift_table (
    rotation_id uuid primary key references rotation on delete cascade,
    version bigint not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    digest bytea not null
);

-- Raised by every change that may alter an answer of the resolver; an open alert planned under another one is planned again.
create table roster (
    single boolean primary key default true check (single),
    version bigint not null default 1
) with (fillfactor = 70);
insert into roster default values;

-- A person's order of doctors: versions are never changed once written.
create table chain (
    municipality text not null,
    patient_id uuid not null,
    version bigint not null,
    set_by uuid not null,
    set_at timestamptz not null,
    primary key (municipality, patient_id, version)
);
create table chain_row (
    municipality text not null,
    patient_id uuid not null,
    version bigint not null,
    line integer not null,
    position integer not null,
    day_classes integer not null,                       -- set: bit (day_class - 1)
    weekdays integer not null,                          -- set: bit (weekday - 1); 0: all
    from_minute integer not null,
    to_minute integer not null,
    tags integer not null,                              -- set: bit (condition_tag - 1); 0: all
    target smallint not null,
    person_id uuid,
    rotation_id uuid,
    office_id uuid,
    delay_seconds integer,
    primary key (municipality, patient_id, version, line),
    foreign key (municipality, patient_id, version) references chain
);

grant select, insert, update on rotation, absence, last_resort, roster to renkei_notify;
grant select, insert, delete on rotation_member to renkei_notify;
grant select on shift_table to renkei_notify;
grant select, insert on chain, chain_row to renkei_notify;
grant select on rotation, rotation_member, absence, last_resort, roster, chain, chain_row to renkei_notify_engine;
grant select, insert, update on shift_table to renkei_notify_engine;
grant update on roster to renkei_notify_engine;
