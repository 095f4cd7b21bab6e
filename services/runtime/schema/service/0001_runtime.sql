-- What every service has in its schema: subjects and their event log, idempotency, what it heard, quarantine, ledger, denials, leases,
-- uploads, and how long each is kept.
--
-- renkei_:service         commands and queries, under row-level security
-- renkei_:service_engine  hearing, event delivery, jobs: permissive policies of its own

grant usage on schema :service to renkei_:service, renkei_:service_engine;

-- ---- subjects and the event log -------------------------------------------------------------------------------------------------------

create table subject (
    id uuid primary key,
    version bigint not null
) with (fillfactor = 70);
grant select, insert, update on subject to renkei_:service, renkei_:service_engine;

-- Order for a reader: (incarnation, xid, seq) below the horizon of running transactions; order per subject: version.
-- (subject, version) is unique because the version is taken under the subject's row lock.
create table event_log (
    subject uuid not null,
    version bigint not null,
    id uuid not null,
    incarnation integer not null,
    xid xid8 not null default pg_current_xact_id (),
    seq bigint generated always as identity,
    type text not null,
    municipality text,
    actor uuid,
    urgent boolean not null default false,
    at timestamptz not null,
    trace text,
    payload bytea not null,
    recorded_at timestamptz not null default now (),
    primary key (subject, version, recorded_at)
) partition by range (recorded_at);
create index event_log_order on event_log (incarnation, xid, seq);
alter table event_log enable row level security;
alter table event_log force row level security;
create policy write on event_log for insert to renkei_:service with check (true);
create policy engine on event_log to renkei_:service_engine using (true) with check (true);
grant insert on event_log to renkei_:service;                           -- and no select: what happened is read by the engine only
grant select, insert on event_log to renkei_:service_engine;

-- How far each subscriber says it has come (the position it last asked after).
create table subscriber (
    name text primary key,
    incarnation integer not null,
    xid xid8 not null,
    seq bigint not null,
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);
grant select, insert, update, delete on subscriber to renkei_:service_engine;

-- ---- idempotency ----------------------------------------------------------------------------------------------------------------------

-- actor: person, or "principal:" and source when there is none.  answer is NULL for commands whose answer is never kept.
create table idempotency (
    actor text not null,
    command text not null,
    key text not null,
    fingerprint bytea not null,
    answer bytea,
    recorded_at timestamptz not null default now (),
    primary key (actor, command, key)
);
create index idempotency_age on idempotency (recorded_at);
grant select, insert on idempotency to renkei_:service, renkei_:service_engine;

-- ---- hearing --------------------------------------------------------------------------------------------------------------------------

create table hearing_cursor (
    source text primary key,
    incarnation integer not null,
    xid xid8 not null,
    seq bigint not null,
    filled boolean not null default false,              -- the snapshots have been read to their end
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);

-- Where a rebuild from the owner's snapshot stands; no row: not begun.
create table hearing_fill (
    source text not null,
    event text not null,
    after text,                                         -- key of the last row applied
    done boolean not null default false,
    primary key (source, event)
);

-- Last version applied; the row is locked while a batch holds the subject.
create table hearing_position (
    source text not null,
    subject uuid not null,
    version bigint not null,
    primary key (source, subject)
) with (fillfactor = 70);

create table inbox (
    event_id uuid not null,
    source text not null,
    recorded_at timestamptz not null default now (),
    primary key (event_id, source)
);
create index inbox_age on inbox (recorded_at);

-- Written after a failed batch or an unclean stop only.
create table hearing_attempt (
    event_id uuid not null,
    source text not null,
    attempts integer not null,
    recorded_at timestamptz not null default now (),
    primary key (event_id, source)
);

create table quarantine (
    event_id uuid not null,
    source text not null,
    type text not null,
    subject uuid not null,
    version bigint not null,
    envelope bytea not null,
    attempts integer not null,
    reason text not null,
    since timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'retry', 'applied', 'skipped')),
    ended_by uuid,
    ended_reason text,
    ended_at timestamptz,
    primary key (event_id, source)
);
create index quarantine_waiting on quarantine (source, subject) where state in ('waiting', 'retry');
grant select, insert, update, delete on hearing_cursor, hearing_fill, hearing_position, inbox, hearing_attempt, quarantine
    to renkei_:service_engine;

-- ---- disclosure ledger ----------------------------------------------------------------------------------------------------------------

-- One row per answer that showed somebody's record.  Nobody changes or deletes a row; the seals show if somebody did.
create table ledger (
    seq bigint generated always as identity,
    incarnation integer not null,
    xid xid8 not null default pg_current_xact_id (),
    at timestamptz not null,
    person uuid,
    session uuid,
    office uuid,
    municipality text,                                  -- of that office
    roles bigint not null default 0,
    principal text not null,
    message text not null,
    subjects uuid[] not null,
    items text not null,
    ground text not null,
    purpose text,
    trace text,
    recorded_at timestamptz not null default now (),
    primary key (seq, recorded_at)
) partition by range (recorded_at);
create index ledger_order on ledger (incarnation, xid, seq);
create index ledger_subjects on ledger using gin (subjects);
alter table ledger enable row level security;
alter table ledger force row level security;
create policy write on ledger for insert to renkei_:service, renkei_:service_engine with check (true);
grant insert on ledger to renkei_:service, renkei_:service_engine;

create function refuse_change () returns trigger language plpgsql as $$
begin
    raise exception '% may only grow', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger ledger_only_grows before update or delete on ledger for each row execute function refuse_change ();
create trigger ledger_not_emptied before truncate on ledger for each statement execute function refuse_change ();

-- One link of the chain: hash = SHA-256 (previous hash, rows in order), over all rows up to the position that no seal before it covers.
create table ledger_seal (
    number bigint primary key,
    incarnation integer not null,
    xid xid8 not null,
    seq bigint not null,
    rows bigint not null,
    hash bytea not null,
    recorded_at timestamptz not null default now ()
);
create trigger ledger_seal_only_grows before update or delete on ledger_seal for each row execute function refuse_change ();
create trigger ledger_seal_not_emptied before truncate on ledger_seal for each statement execute function refuse_change ();
grant select on ledger_seal to renkei_:service_engine;

-- Rows of (from, to] hashed onto `previous`; returns the hash, how many, and the last position.
create function ledger_hash (previous bytea, from_incarnation integer, from_xid xid8, from_seq bigint,
                             to_incarnation integer, to_xid xid8, to_seq bigint,
                             out hash bytea, out rows bigint, out incarnation integer, out xid xid8, out seq bigint)
language plpgsql stable as $$
declare
    line record;
begin
    hash := previous;
    rows := 0;
    for line in
        select l.* from ledger l
         where (l.incarnation, l.xid, l.seq) > (from_incarnation, from_xid, from_seq)
           and (l.incarnation, l.xid, l.seq) <= (to_incarnation, to_xid, to_seq)
         order by l.incarnation, l.xid, l.seq
    loop
        hash := sha256 (hash || convert_to (line::text, 'UTF8'));
        rows := rows + 1;
        incarnation := line.incarnation;
        xid := line.xid;
        seq := line.seq;
    end loop;
end $$;
revoke all on function ledger_hash (bytea, integer, xid8, bigint, integer, xid8, bigint) from public;

-- Seals every row below the horizon; returns how many.  Run by one job at a time.
create function seal_ledger () returns bigint
language plpgsql security definer set search_path = :service, guard, pg_temp set timezone = 'UTC' as $$
declare
    last ledger_seal;
    made record;
begin
    lock table ledger_seal in share row exclusive mode;
    select * into last from ledger_seal s order by s.number desc limit 1;
    select * into made from ledger_hash (coalesce (last.hash, ''), coalesce (last.incarnation, 0), coalesce (last.xid, '0'),
        coalesce (last.seq, 0), guard.incarnation (), pg_snapshot_xmin (pg_current_snapshot ())::text::xid8, 0);
    if made.rows > 0 then
        insert into ledger_seal (number, incarnation, xid, seq, rows, hash)
        values (coalesce (last.number, 0) + 1, made.incarnation, made.xid, made.seq, made.rows, made.hash);
    end if;
    return made.rows;
end $$;
revoke all on function seal_ledger () from public;
grant execute on function seal_ledger () to renkei_:service_engine;

-- Number of the first seal that does not fit the rows any more; NULL when all do.  Partitions already dropped are passed over.
create function verify_ledger () returns bigint
language plpgsql security definer set search_path = :service, guard, pg_temp set timezone = 'UTC' as $$
declare
    link ledger_seal;
    before ledger_seal;
    made record;
begin
    for link in select * from ledger_seal s order by s.number loop
        select * into made from ledger_hash (coalesce (before.hash, ''), coalesce (before.incarnation, 0),
            coalesce (before.xid, '0'), coalesce (before.seq, 0), link.incarnation, link.xid, link.seq);
        if (made.hash is distinct from link.hash or made.rows <> link.rows)
           and exists (select from ledger l where (l.incarnation, l.xid, l.seq) <= (link.incarnation, link.xid, link.seq)
                        and l.recorded_at >= link.recorded_at - interval '1 day') then
            return link.number;
        end if;
        before := link;
    end loop;
    return null;
end $$;
revoke all on function verify_ledger () from public;
grant execute on function verify_ledger () to renkei_:service_engine;

-- Who saw a subject's record, newest first; for a person whose context is valid.  The handler decides whether that person may ask.
create function ledger_of (who uuid, before bigint, most integer)
returns table (seq bigint, at timestamptz, person uuid, office uuid, roles bigint, message text, items text, ground text)
language plpgsql stable security definer set search_path = :service, guard, pg_temp as $$
begin
    if guard.person () is null then
        return;
    end if;
    return query
        select l.seq, l.at, l.person, l.office, l.roles, l.message, l.items, l.ground from ledger l
         where l.subjects @> array[who] and (before is null or l.seq < before)
         order by l.seq desc limit most;
end $$;
revoke all on function ledger_of (uuid, bigint, integer) from public;
grant execute on function ledger_of (uuid, bigint, integer) to renkei_:service;

-- ---- refusals of rights ---------------------------------------------------------------------------------------------------------------

create table denial (
    seq bigint generated always as identity primary key,
    person uuid,
    office uuid,
    municipality text,
    principal text not null,
    message text not null,
    reason text not null,                               -- error key
    source text,
    trace text,
    recorded_at timestamptz not null default now ()
);
create index denial_age on denial (recorded_at);
alter table denial enable row level security;
alter table denial force row level security;
create policy write on denial for insert to renkei_:service with check (true);
create policy engine on denial to renkei_:service_engine using (true) with check (true);

grant insert on denial to renkei_:service;
grant select, insert on denial to renkei_:service_engine;

-- ---- leases ---------------------------------------------------------------------------------------------------------------------------

-- Who does a thing now.  fence rises with every new holder; an effect of an older fence is refused.
create table lease (
    name text primary key,
    holder text not null,
    fence bigint not null,
    expires timestamptz not null
) with (fillfactor = 70);
grant select, insert, update on lease to renkei_:service_engine;

-- ---- uploads --------------------------------------------------------------------------------------------------------------------------

create table upload (
    id uuid not null,
    municipality text not null check (municipality <> ''),
    person uuid not null,
    name text not null,
    size bigint not null check (size between 0 and 67108864),
    sha256 bytea,                                       -- known when finished
    finished_at timestamptz,
    recorded_at timestamptz not null default now (),
    primary key (municipality, id)
);
create index upload_age on upload (recorded_at);

create table upload_part (
    municipality text not null,
    upload_id uuid not null,
    start bigint not null check (start >= 0),
    bytes bytea not null check (length (bytes) between 1 and 262144),
    primary key (municipality, upload_id, start),
    foreign key (municipality, upload_id) references upload (municipality, id) on delete cascade
);
alter table upload enable row level security;
alter table upload force row level security;
alter table upload_part enable row level security;
alter table upload_part force row level security;
create policy service on upload to renkei_:service using (true) with check (true);
create policy own_municipality on upload as restrictive to renkei_:service
    using (municipality = (select guard.municipality ())) with check (municipality = (select guard.municipality ()));
create policy engine on upload to renkei_:service_engine using (true) with check (true);
create policy service on upload_part to renkei_:service using (true) with check (true);
create policy own_municipality on upload_part as restrictive to renkei_:service
    using (municipality = (select guard.municipality ())) with check (municipality = (select guard.municipality ()));
create policy engine on upload_part to renkei_:service_engine using (true) with check (true);
grant select, insert, update, delete on upload, upload_part to renkei_:service, renkei_:service_engine;

-- ---- how long things are kept ---------------------------------------------------------------------------------------------------------

-- A service adds its own tables here in its own migrations: partitioned by month of recorded_at (by_month), or deleted row by row by
-- recorded_at.  keep NULL: for ever.  cursors: only when every subscriber has passed.
create table retention (
    table_name text primary key,
    by_month boolean not null,
    keep interval check (keep >= interval '2 days'),
    cursors boolean not null default false
);
insert into retention (table_name, by_month, keep, cursors) values
    ('event_log', true, '30 days', true),
    ('ledger', true, null, false),
    ('idempotency', false, '3 days', false),
    ('inbox', false, '60 days', false),
    ('hearing_attempt', false, '60 days', false),
    ('denial', false, '400 days', false),
    ('upload', false, '7 days', false);
grant select on retention to renkei_:service_engine;

-- Makes the partitions of a month of recorded_at, UTC.  TABLE_YYYY_MM; TABLE_rest takes what no month fits, so that nothing is ever refused.
create function make_partition (parent text, month date) returns boolean
language plpgsql set search_path = :service, guard, pg_temp set timezone = 'UTC' as $$
declare
    part text := parent || to_char (month, '_YYYY_MM');
begin
    if to_regclass (quote_ident (part)) is not null then
        return false;
    end if;
    execute format ('create table %I partition of %I for values from (%L) to (%L)', part, parent,
                    month::timestamptz, (month + interval '1 month')::timestamptz);
    return true;
exception when check_violation then
    raise warning '% stays without a partition for %: rows of that month are in the rest already', parent, month;
    return false;
end $$;
revoke all on function make_partition (text, date) from public;

create function drop_partition (parent text, part text, keep interval, cursors boolean) returns boolean
language plpgsql set search_path = :service, guard, pg_temp set timezone = 'UTC' as $$
declare
    month date := to_date (right (part, 7), 'YYYY_MM');
    waits boolean := false;
begin
    if keep is null or month + interval '1 month' > now () - keep then           -- real time
        return false;
    end if;
    if cursors then
        execute format ('select exists (select from subscriber s, %I e where (e.incarnation, e.xid, e.seq) > (s.incarnation, s.xid, s.seq))',
                        part) into waits;
    end if;
    if waits then
        return false;
    end if;
    execute format ('drop table %I', part);
    return true;
end $$;
revoke all on function drop_partition (text, text, interval, boolean) from public;

-- Makes this month's partition and the next three, drops those past their time, deletes old rows (at most 5000 a table and call).
-- Returns how many partitions and rows it touched; run it again while that is large.
create function retain () returns bigint
language plpgsql security definer set search_path = :service, guard, pg_temp set timezone = 'UTC' set lock_timeout = '2s' as $$
declare
    kept retention;
    part text;
    deleted bigint;
    touched bigint := 0;
begin
    for kept in select * from retention order by table_name loop
        if not kept.by_month then
            continue when kept.keep is null;
            execute format ('delete from %1$I where ctid in (select ctid from %1$I where recorded_at < now () - $1 limit 5000)', kept.table_name)
                using kept.keep;
            get diagnostics deleted = row_count;
            touched := touched + deleted;
            continue;
        end if;
        for i in 0 .. 3 loop
            touched := touched + make_partition (kept.table_name, (date_trunc ('month', now ()) + i * interval '1 month')::date)::integer;    -- real time
        end loop;
        for part in
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
             where i.inhparent = to_regclass (quote_ident (kept.table_name)) and c.relname ~ '_[0-9]{4}_[0-9]{2}$'
        loop
            touched := touched + drop_partition (kept.table_name, part, kept.keep, kept.cursors)::integer;
        end loop;
    end loop;
    return touched;
end $$;
revoke all on function retain () from public;
grant execute on function retain () to renkei_:service_engine;

create table event_log_rest partition of event_log default;
create table ledger_rest partition of ledger default;
select retain ();
