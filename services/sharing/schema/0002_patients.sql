-- A person who lives at home with treatment and care, and who may see the record.
--
-- Two fences, both RESTRICTIVE, besides what the handlers check:
--   R1  municipality is in the set of the signed context (own, and agreements in force);
--   R2  access has a row in force for (municipality, patient_id, office of the context).
-- access is written by access_refresh () and access_open () only, from consents, seats, memberships and agreements: no service role may.
-- Enum columns hold the numbers of proto/types.

-- ---- who may see ----------------------------------------------------------------------------------------------------------------------

-- ground: 1 recorder, 2 care_team, 3 duty, 4 last_resort.  source_id: the patient, the consent, the alert.
create table access (
    municipality text not null check (municipality <> ''),
    patient_id uuid not null,
    office_id uuid not null,
    ground smallint not null check (ground between 1 and 4),
    source_id uuid not null,
    consent_id uuid,
    from_at timestamptz not null,
    to_at timestamptz,
    primary key (municipality, patient_id, office_id, ground, source_id)
);
create index access_of_office on access (office_id, municipality, patient_id);

-- ---- the record -----------------------------------------------------------------------------------------------------------------------

-- The row every change locks.  sections[n]: current version of section n, 0 when nothing was written.
create table patient (
    municipality text not null check (municipality <> ''),
    patient_id uuid not null,
    recorder_office uuid not null,
    recorded_by uuid not null,
    registered_at timestamptz not null,
    head_version bigint not null,
    place_version bigint not null default 0,
    sections bigint[] not null default array[0,0,0,0,0,0,0,0,0,0,0] check (cardinality (sections) = 11),
    changed_at timestamptz not null,
    primary key (municipality, patient_id)
) with (fillfactor = 70);
create index patient_by_id on patient (patient_id);

-- One row per version; patient.head_version is the current one.
create table patient_head (
    municipality text not null,
    patient_id uuid not null,
    version bigint not null,
    name text not null,
    name_kana text not null,
    folded text not null,                               -- search form of both names, never shown
    birth_date date not null,
    sex smallint,
    insured_number text,
    care_level smallint,
    address text,
    phone text,
    allergies text,
    infections text,
    told_person smallint,
    told_family smallint,
    nursing_phone text,
    terminal_phase boolean not null default false,
    terminal_first_phone text,
    lives_alone boolean not null default false,
    contact_caution text,
    written_by uuid not null,
    written_office uuid not null,
    written_at timestamptz not null,
    primary key (municipality, patient_id, version),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);

create table emergency_contact (
    municipality text not null,
    patient_id uuid not null,
    version bigint not null,
    position smallint not null check (position between 1 and 6),
    name text not null,
    relation text not null,
    phone text not null,
    primary key (municipality, patient_id, version, position),
    foreign key (municipality, patient_id, version) references patient_head (municipality, patient_id, version)
);

create table place (
    municipality text not null,
    patient_id uuid not null,
    version bigint not null,
    kind smallint not null,
    name text,
    phone text,
    from_date date not null,
    to_date date,
    written_by uuid not null,
    written_at timestamptz not null,
    primary key (municipality, patient_id, version),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);

-- Inverted table of the current names: single characters and neighbouring pairs of the folded form.
create table patient_bigram (
    municipality text not null,
    bigram text not null,
    patient_id uuid not null,
    primary key (municipality, bigram, patient_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);
create index patient_bigram_of_patient on patient_bigram (municipality, patient_id);

-- in_force: as last announced; the job consent_turn follows the calendar.
create table consent (
    municipality text not null,
    patient_id uuid not null,
    consent_id uuid not null,
    scope smallint not null,
    giver smallint not null,
    giver_name text,
    relation text,
    method smallint not null,
    rotation_id uuid,
    from_date date not null,
    to_date date check (to_date >= from_date),
    recorded_by uuid not null,
    recorded_office uuid not null,
    recorded_at timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    in_force boolean not null,
    primary key (municipality, patient_id, consent_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);
create index consent_to_begin on consent (from_date) where not in_force and withdrawn_at is null;
create index consent_to_end on consent (to_date) where in_force;

create table care_team_member (
    municipality text not null,
    patient_id uuid not null,
    member_id uuid not null,
    seat smallint not null,
    person_id uuid not null,
    office_id uuid not null,
    role smallint not null,
    since timestamptz not null,
    added_by uuid not null,
    ended_at timestamptz,
    ended_by uuid,
    primary key (municipality, patient_id, member_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);
create index care_team_member_of_person on care_team_member (person_id, office_id) where ended_at is null;
create index care_team_member_of_office on care_team_member (office_id) where ended_at is null;

-- ---- the sharing sheet ----------------------------------------------------------------------------------------------------------------

-- Only grows.  content: record sheet_content as JSON, the words as they were written.
create table section_version (
    municipality text not null,
    patient_id uuid not null,
    section smallint not null check (section between 1 and 11),
    version bigint not null check (version > 0),
    content jsonb not null,
    urgent boolean not null,
    written_by uuid not null,
    written_office uuid not null,
    written_role smallint not null,
    written_at timestamptz not null,
    primary key (municipality, patient_id, section, version),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);

-- The newest version a person has marked as read.
create table section_read (
    municipality text not null,
    patient_id uuid not null,
    section smallint not null,
    person_id uuid not null,
    version bigint not null,
    office_id uuid not null,
    role smallint not null,
    read_at timestamptz not null,
    primary key (municipality, patient_id, section, person_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
) with (fillfactor = 70);

-- That an emergency was reported, kept from notify's events.
create table emergency_mark (
    municipality text not null,
    patient_id uuid not null,
    alert_id uuid not null,
    urgency smallint not null,
    tag smallint not null,
    reported_by uuid not null,
    reported_at timestamptz not null,
    ended_at timestamptz,
    primary key (municipality, patient_id, alert_id),
    foreign key (municipality, patient_id) references patient (municipality, patient_id)
);
