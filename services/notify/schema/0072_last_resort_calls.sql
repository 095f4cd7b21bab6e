-- Test calls to the last resort (practice.md: staffed, by voice, test-called monthly).  Only grows; of no patient, of a place of work.
create table last_resort_call (
    test_id uuid primary key,
    located_in text not null,
    called_at timestamptz not null,
    answered boolean not null,
    note text,
    called_by uuid not null,
    recorded_at timestamptz not null default now ()
);
create index last_resort_call_newest on last_resort_call (located_in, called_at desc);
grant select, insert on last_resort_call to renkei_notify;
