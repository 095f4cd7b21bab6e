-- Swaps of shifts: asked by one, in force only when the other has accepted.  The halves in force stand in duty_change (kind 2): the shift given
-- away under the swap's own id, the one taken in return under back_change.
create table swap (
    swap_id uuid primary key,
    state smallint not null default 1,
    rotation_id uuid not null references rotation on delete cascade,
    from_at timestamptz not null,
    to_at timestamptz not null check (to_at > from_at),
    asker uuid not null,
    asker_office uuid,
    taker uuid not null,
    taker_office uuid,
    back_rotation_id uuid references rotation on delete cascade,
    back_from timestamptz,
    back_to timestamptz,
    back_change uuid,
    reason text,
    asked_at timestamptz not null,
    answered_at timestamptz,
    ended_by uuid,
    ended_at timestamptz,
    check ((back_rotation_id is null) = (back_from is null) and (back_from is null) = (back_to is null) and asker <> taker)
);
create index swap_of_asker on swap (asker, asked_at);
create index swap_of_taker on swap (taker, asked_at);
create index swap_of_rotation on swap (rotation_id) where state in (1, 2);
create index swap_of_back_rotation on swap (back_rotation_id) where state in (1, 2);
grant select, insert, update on swap to renkei_notify;
grant select on swap to renkei_notify_engine;
