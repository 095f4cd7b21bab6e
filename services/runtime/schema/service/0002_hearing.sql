-- What hearing needs beyond 0001: where following began, and which subject a failed event holds up.

-- Events up to `start` were there before this subscriber was: the snapshots speak for them.
alter table hearing_cursor
    add column start_incarnation integer not null default 0,
    add column start_xid xid8 not null default '0',
    add column start_seq bigint not null default 0;

-- A row means: this subject is to be pulled again (after a pause that grows with the attempts, and not while it is in quarantine).
-- It is written before the cursor passes the event, so that nothing is forgotten by a restart.
alter table hearing_attempt
    add column subject uuid not null,
    add column version bigint not null;
create index hearing_attempt_subject on hearing_attempt (source, subject);
