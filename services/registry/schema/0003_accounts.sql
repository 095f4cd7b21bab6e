-- Accounts, log-in and sessions: region-level tables, exempt from R1 by list (no municipality column; an account is one person).
--
-- Two roles, tight (docs/decisions/0004-login.md): the command role writes accounts but can read no password hash, no one-time-code secret, no
-- token; the engine role, which log-in uses because nobody has a context yet, reads them and touches nothing else of a person.

create table account (
    person_id uuid primary key references person (person_id),
    login text not null unique,                         -- ASCII lower case
    password_hash text not null,                        -- Argon2id, libsodium's text form
    totp_sealed bytea not null,                         -- secretbox; the key is not in the database
    recorded_at timestamptz not null default now ()
);
grant insert on account to renkei_:service;
grant select (person_id, login) on account to renkei_:service;
grant update (login, password_hash, totp_sealed) on account to renkei_:service;
grant select, insert on account to renkei_:service_engine;
grant update (password_hash) on account to renkei_:service_engine;

create table passkey (
    credential_id bytea primary key check (length (credential_id) between 1 and 256),
    person_id uuid not null references account (person_id),
    algorithm integer not null check (algorithm in (-7, -8, -257)),            -- COSE: ES256, EdDSA, RS256
    public_key bytea not null,
    sign_count bigint not null,
    label text not null,
    recorded_at timestamptz not null default now ()
);
create index passkey_person on passkey (person_id);
grant select, insert on passkey to renkei_:service;
grant select on passkey to renkei_:service_engine;
grant update (sign_count) on passkey to renkei_:service_engine;

-- Last one-time-code step used: a code works once (compare and set).
create table totp_use (
    person_id uuid primary key references account (person_id),
    last_step bigint not null
) with (fillfactor = 70);
grant select, insert, update on totp_use to renkei_:service_engine;

-- The first half of a log-in (or of unlocking, or of registering a passkey).  Holds whether the password was right without telling.
create table login_ticket (
    ticket_sha256 bytea primary key check (length (ticket_sha256) = 32),
    kind text not null check (kind in ('login', 'unlock', 'register')),
    person_id uuid,                                     -- NULL: nobody has this name
    session_id uuid,                                    -- unlock, register: of this session only
    login_key bytea,                                    -- login: which throttle row to take back
    password_right boolean not null,
    challenge text not null,                            -- base64url, for a passkey
    tries integer not null default 0 check (tries between 0 and 5),
    expires_at timestamptz not null,
    used_at timestamptz,
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);
create index login_ticket_age on login_ticket (recorded_at);
grant select, insert, update on login_ticket to renkei_:service_engine;
grant select (ticket_sha256, used_at), update (used_at) on login_ticket to renkei_:service;    -- registering a passkey uses one up

-- Attempts begun and not completed, per account name (also names nobody has) and per network source.
create table login_throttle (
    scope text not null check (scope in ('login', 'source')),
    key bytea not null check (length (key) = 32),       -- SHA-256 of the name or the source
    attempts bigint not null,
    last_at timestamptz not null,
    blocked_until timestamptz,
    recorded_at timestamptz not null default now (),
    primary key (scope, key)
) with (fillfactor = 70);
create index login_throttle_age on login_throttle (recorded_at);
grant select, insert, update on login_throttle to renkei_:service_engine;

create table session (
    session_id uuid primary key,
    token_sha256 bytea not null unique check (length (token_sha256) = 32),     -- the token itself is only in the browser
    person_id uuid not null references account (person_id),
    office_id uuid not null,                            -- acted for now
    strength text not null check (strength in ('totp', 'passkey')),
    started_at timestamptz not null,
    seen_at timestamptz not null,                       -- written at most once a minute
    expires_at timestamptz not null,
    idle_seconds integer,                               -- NULL: roles without patients do not lock
    device text,
    source text,
    ended_at timestamptz,
    ended_why text check (ended_why in ('logout', 'revoked', 'left', 'replaced')),
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);
create index session_person on session (person_id, started_at) where ended_at is null;
create index session_age on session (recorded_at);
grant select (session_id, person_id, office_id, strength, started_at, seen_at, expires_at, idle_seconds, device, ended_at, ended_why)
    on session to renkei_:service;
grant update (office_id, idle_seconds, seen_at, ended_at, ended_why) on session to renkei_:service;
grant select, insert on session to renkei_:service_engine;
grant update (seen_at, ended_at, ended_why) on session to renkei_:service_engine;     -- a locked session has no context either

-- Who tried to log in, how it ended; INSERT-only.  The name as typed is not kept (it may be a password by mistake), only its SHA-256.
create table login_log (
    seq bigint generated always as identity primary key,
    at timestamptz not null,
    event text not null check (event in ('started', 'refused', 'blocked', 'opened', 'unlocked', 'logout', 'ended', 'passkey_added', 'account_set')),
    reason text,
    person_id uuid,
    session_id uuid,
    login_key bytea,
    source text,
    device text,
    recorded_at timestamptz not null default now ()
);
create index login_log_age on login_log (recorded_at);
grant insert on login_log to renkei_:service, renkei_:service_engine;

insert into retention (table_name, by_month, keep) values
    ('login_ticket', false, '2 days'),
    ('login_throttle', false, '2 days'),
    ('session', false, '400 days'),
    ('login_log', false, '1100 days');

-- ---- who a session token is -----------------------------------------------------------------------------------------------------------

-- No row: no such session, ended, past its lifetime, or the person no longer works in the chosen office.
-- locked: idle too long; there is no context then, so nothing of anybody can be read until it is unlocked.
-- The context opens the office's municipality and those that have an agreement in force with it, for 5 minutes of decision time.
create function session_actor (token_sha256 bytea)
returns table (person_id uuid, session_id uuid, office_id uuid, municipality text, roles text[], strength text, context text, locked boolean)
language plpgsql volatile security definer set search_path = registry, guard, pg_temp as $$
declare
    decided timestamptz := guard.now ();
    today date := (decided at time zone 'Asia/Tokyo')::date;
    found_session record;
    opened text;
begin
    select s.person_id, s.session_id, s.office_id, m.municipality, m.roles, s.strength, s.seen_at,
           s.seen_at + s.idle_seconds * interval '1 second' <= decided as idle
      into found_session
      from session s
      join membership m on m.person_id = s.person_id and m.office_id = s.office_id and m.ended_at is null
     where s.token_sha256 = session_actor.token_sha256 and s.ended_at is null and s.expires_at > decided;
    if not found then
        return;
    end if;
    person_id := found_session.person_id;
    session_id := found_session.session_id;
    office_id := found_session.office_id;
    municipality := found_session.municipality;
    roles := found_session.roles;
    locked := coalesce (found_session.idle, false);
    strength := case when locked then 'locked' else found_session.strength end;
    if not locked then
        select string_agg (code, ',' order by code) into opened
          from (select found_session.municipality as code
                union
                select a.giving from agreement a
                 where a.receiving = found_session.municipality and today between a.from_day and coalesce (a.to_day, 'infinity')) open_to;
        context := guard.sign (concat_ws ('|', 'v1', person_id, office_id, municipality, opened, 'care',
                                          guard.to_us (decided + interval '5 minutes')));
        if found_session.seen_at < decided - interval '1 minute' then
            -- a row another transaction holds is left as it is: nobody waits here on the way to an alarm
            update session s set seen_at = decided
             where s.session_id = (select l.session_id from session l where l.session_id = found_session.session_id for update skip locked);
        end if;
    end if;
    return next;
end $$;
revoke all on function session_actor (bytea) from public;
grant usage on schema :service to renkei_gateway;
grant execute on function session_actor (bytea) to renkei_gateway, renkei_:service_engine;
