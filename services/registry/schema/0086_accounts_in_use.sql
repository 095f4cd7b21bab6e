-- Accounts as they are used: a first log-in with its course, accounts unused for long, accounts in use on several devices at once.

-- What is left of the first log-in: 2 the first password stands, 1 it was changed, 0 done (or an account from before).
alter table account add column course_left smallint not null default 0 check (course_left between 0 and 2);
grant select (course_left, recorded_at), update (course_left) on account to renkei_:service;
grant update (course_left) on account to renkei_:service_engine;
create index session_of_person on session (person_id);

-- That an account was in use on several devices of one kind, or at several places, within minutes; one row a person and day.  A fact for who
-- manages the office and the municipality; nobody is locked out.  Region-level like the sessions it is made of.
create table shared_sign (
    person_id uuid not null references account (person_id),
    day date not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    devices text[] not null,
    places bigint not null,
    recorded_at timestamptz not null default now (),
    primary key (person_id, day)
) with (fillfactor = 70);
create index shared_sign_age on shared_sign (recorded_at);
grant select on shared_sign to renkei_:service;
grant select, insert on shared_sign to renkei_:service_engine;
grant update (last_at, devices, places) on shared_sign to renkei_:service_engine;

insert into retention (table_name, by_month, keep) values ('shared_sign', false, '400 days');
