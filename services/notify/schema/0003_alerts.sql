-- Alerts, who is asked, the course of each, the personal feeds, and messages to the outside.

-- Who may see what of whom here: an office (team, last resort with consent, reporter) or one person (who was asked).
-- alert_id: only that alert.  until NULL: as long as the row stands.
create table access (
    id bigint generated always as identity primary key,
    municipality text not null,
    patient_id uuid not null,
    office_id uuid,
    person_id uuid,
    alert_id uuid,
    ground text not null check (ground in ('team', 'last_resort', 'reported', 'asked')),
    until timestamptz,
    recorded_at timestamptz not null default now (),
    check (office_id is not null or person_id is not null)
);
create index access_of_patient on access (patient_id, ground);
create index access_of_alert on access (alert_id) where alert_id is not null;

-- Name and telephone are copied at the time of the report: the course stays readable as it was.
create table alert (
    municipality text not null,
    alert_id uuid not null unique,
    patient_id uuid not null,
    patient_name text not null,
    patient_kana text,
    birth_date date,
    patient_phone text,
    place smallint,
    place_name text,
    place_phone text,
    terminal_phase boolean not null,
    terminal_first_phone text,
    class smallint not null,
    urgency smallint not null,
    tag smallint not null,
    happened text,
    callback text,
    state smallint not null,                            -- 1 searching, 2 accepted, 3 ended
    observed_at timestamptz not null,                   -- by the sender's clock
    received_at timestamptz not null,
    reported_by uuid not null,
    reporter_name text not null,
    reporter_office uuid not null,
    chain_version bigint,                               -- this alert keeps its version of the chain
    chain_note text,
    last_resort_office uuid not null,
    last_resort_name text not null,
    last_resort_phone text not null,
    step integer not null default 0,                    -- position being asked
    next_action_at timestamptz,                         -- NULL: nothing to do
    roster_version bigint not null,
    accepted_by uuid,
    accepted_name text,
    accepted_answer smallint,
    arrival_at timestamptz,
    ended_by uuid,
    ended_at timestamptz,
    outcome text,
    version bigint not null default 1,
    primary key (municipality, alert_id)
) with (fillfactor = 70);
create index alert_due on alert (next_action_at) where next_action_at is not null;
create index alert_open on alert (roster_version) where state = 1;
create index alert_of_patient on alert (patient_id, received_at);
create index alert_list on alert (received_at, alert_id);

create table alert_try (
    municipality text not null,
    alert_id uuid not null,
    try_id bigint generated always as identity,
    position integer not null,
    target smallint not null,
    person_id uuid,
    rotation_id uuid,
    office_id uuid,
    name text not null,
    office text,
    phone text,
    reason text not null,
    delay_seconds integer not null,
    state smallint not null,
    due_at timestamptz,
    asked_at timestamptz,
    seen_at timestamptz,
    answered_at timestamptz,
    answer smallint,
    arrival_at timestamptz,
    decline smallint,
    primary key (municipality, alert_id, try_id),
    foreign key (municipality, alert_id) references alert
) with (fillfactor = 70);

create table alert_line (
    municipality text not null,
    alert_id uuid not null,
    line bigint generated always as identity,
    at timestamptz not null,
    kind smallint not null,
    person_id uuid,
    name text,
    text text,
    primary key (municipality, alert_id, line),
    foreign key (municipality, alert_id) references alert
);

-- ---- personal feeds -------------------------------------------------------------------------------------------------------------------

-- The position grows by one under the row's lock, so a feed has no gaps and is read in order.
create table feed_head (
    person_id uuid primary key,
    position bigint not null
) with (fillfactor = 70);

create table feed (
    person_id uuid not null,
    position bigint not null,
    kind smallint not null,
    at timestamptz not null,
    urgent boolean not null,
    patient_id uuid,
    alert_id uuid,
    section smallint,
    version bigint,
    by_person uuid,
    recorded_at timestamptz not null default now (),
    primary key (person_id, position, recorded_at)
) partition by range (recorded_at);
create table feed_rest partition of feed default;

create table feed_reading (
    person_id uuid primary key,
    position bigint not null
) with (fillfactor = 70);

-- ---- messages to the outside ----------------------------------------------------------------------------------------------------------

create table subscription (
    subscription_id uuid primary key,
    located_in text not null,
    name text not null,
    url text not null,
    secret text not null,                               -- read by the sender only
    enabled boolean not null,
    set_by uuid not null
);

-- text carries no name and no diagnosis.  address only for offices' telephones; a person's is read from contact_point when it is sent.
create table delivery (
    municipality text not null,
    delivery_id uuid not null,
    alert_id uuid,
    asks boolean not null,                              -- asks for an answer: called off when somebody accepts
    kind smallint not null,
    person_id uuid,
    contact_point_id uuid,
    subscription_id uuid,
    office_id uuid,
    address text,
    subject text,
    text text not null,
    state smallint not null,
    attempts integer not null default 0,
    next_at timestamptz not null,
    claimed_until timestamptz,                          -- of the real clock
    created_at timestamptz not null,
    done_at timestamptz,
    last_error text,
    recorded_at timestamptz not null default now (),
    primary key (municipality, delivery_id, recorded_at)
) partition by range (recorded_at);
create table delivery_rest partition of delivery default;
create index delivery_due on delivery (next_at) where state in (1, 2);
create index delivery_of_alert on delivery (alert_id);

-- Messages may leave only while the present incarnation of the database is the released one.
create table outbound (
    single boolean primary key default true check (single),
    held boolean not null default false,
    system_identifier bigint not null,
    held_at timestamptz,
    released_by uuid,
    released_at timestamptz
);
insert into outbound (system_identifier) select system_identifier from pg_control_system ();

insert into retention (table_name, by_month, keep, cursors) values
    ('feed', true, '400 days', false),
    ('delivery', true, '1100 days', false);
select retain ();
