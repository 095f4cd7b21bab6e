-- Registered terminals: the device of a dispatch desk or of a last resort that stays open for the shift.  Invited with a code that is read
-- aloud (15 minutes, once), registered at the device by somebody who works there, revoked; rows stay.  The token is in the browser only.

create table terminal (
    municipality text not null,                         -- the office's
    terminal_id uuid not null,
    office_id uuid not null,
    name text not null,
    code_sha256 bytea check (length (code_sha256) = 32),
    code_until timestamptz,                             -- NULL with the code: used
    token_sha256 bytea unique check (length (token_sha256) = 32),
    invited_by uuid not null,
    invited_at timestamptz not null,
    registered_by uuid,
    registered_at timestamptz,
    seen_day date,                                      -- last log-in there
    revoked_by uuid,
    revoked_at timestamptz,
    recorded_at timestamptz not null default now (),
    primary key (municipality, terminal_id),
    foreign key (municipality, office_id) references office (municipality, office_id),
    check ((code_sha256 is null) = (code_until is null)),
    check ((token_sha256 is null) = (registered_at is null))
) with (fillfactor = 70);
create index terminal_of_office on terminal (office_id, invited_at desc);
grant insert, select (municipality, terminal_id, office_id, name, code_sha256, code_until, invited_by, invited_at, registered_by,
                      registered_at, seen_day, revoked_by, revoked_at) on terminal to renkei_:service;
grant update (name, code_sha256, code_until, token_sha256, invited_by, invited_at, registered_by, registered_at, seen_day, revoked_by,
              revoked_at) on terminal to renkei_:service;

alter table terminal enable row level security;
alter table terminal force row level security;
create policy service on terminal to renkei_:service using (true) with check (true);
create policy own_municipality on terminal as restrictive to renkei_:service
    using (municipality = (select guard.municipality ()) or (select acts_for_region ()))
    with check (municipality = (select guard.municipality ()) or (select acts_for_region ()));

-- Which terminal of this office does a token stand for?  NULL: none, or revoked.  Notes the day.  The row stays locked until the log-in is
-- committed, so that whoever revokes the terminal meanwhile finds the session.
create function terminal_use (token bytea, office uuid) returns uuid
language plpgsql volatile security definer set search_path = :service, guard, pg_temp as $$
declare
    today date := (guard.now () at time zone 'Asia/Tokyo')::date;
    used terminal;
begin
    select * into used from terminal t
     where t.token_sha256 = token and t.office_id = office and t.revoked_at is null for no key update;
    if used.terminal_id is not null and used.seen_day is distinct from today then
        update terminal t set seen_day = today where t.municipality = used.municipality and t.terminal_id = used.terminal_id;
    end if;
    return used.terminal_id;
end $$;
revoke all on function terminal_use (bytea, uuid) from public;
grant execute on function terminal_use (bytea, uuid) to renkei_:service, renkei_:service_engine;

-- The name of the terminal a token stands for: what the person at the device may know.
create function terminal_name (token bytea, office uuid) returns text
language sql stable security definer set search_path = :service, guard, pg_temp as $$
    select t.name from terminal t where t.token_sha256 = token and t.office_id = office and t.revoked_at is null
$$;
revoke all on function terminal_name (bytea, uuid) from public;
grant execute on function terminal_name (bytea, uuid) to renkei_:service;

alter table session add column terminal_id uuid;        -- opened, or the office chosen, at this terminal of the office
create index session_terminal on session (terminal_id) where ended_at is null and terminal_id is not null;
grant select (terminal_id), update (terminal_id) on session to renkei_:service;

alter table login_throttle drop constraint login_throttle_scope_check;
alter table login_throttle add constraint login_throttle_scope_check check (scope in ('login', 'source', 'terminal'));

alter table login_log drop constraint login_log_event_check;
alter table login_log add constraint login_log_event_check
    check (event in ('started', 'refused', 'blocked', 'opened', 'unlocked', 'logout', 'ended', 'passkey_added', 'account_set',
                     'password_changed', 'terminal_invited', 'terminal_registered', 'terminal_revoked'));
