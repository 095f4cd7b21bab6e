-- With how many authenticators each person with an account can log in, as registry tells: who enters a rotation needs two.  People are
-- region-level.  No row: no account here, as far as is known.
create table authenticators (
    person_id uuid primary key,
    registered bigint not null,
    version bigint not null
);
grant select on authenticators to renkei_notify;
grant select, insert, update on authenticators to renkei_notify_engine;

-- A region that is brought up to date reads what registry knows once: of its state events only those never read are asked for.
update hearing_cursor set filled = false where source = 'registry';
