-- What an import's file does not hold is looked for a page of facilities at a time, so that no step is long.

alter table import add column kinds text[] not null default '{}',                      -- kinds of service in the file
                   add column looked_at uuid;                                           -- last facility looked at in this phase
alter table import drop constraint import_phase_check;
alter table import add constraint import_phase_check
    check (phase in ('read', 'count', 'cover', 'wait', 'verify', 'write', 'absent', 'clean', 'end'));
