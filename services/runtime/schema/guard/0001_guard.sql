-- What all services share in the database: who asks (the signed context), what time it is, and which incarnation of the database this is.
--
-- A service role cannot make a context: the key lies in a table only the owner reads, and guard.sign () is open to the owner's functions only.
-- Policies call guard.municipalities () and its sisters as "(select guard.municipalities ())", so that they run once a statement.

grant usage on schema guard to renkei_services;

-- ---- mode and decision clock ----------------------------------------------------------------------------------------------------------

create table guard.mode (
    single boolean primary key default true check (single),
    mode text not null default 'live' check (mode in ('live', 'test'))
);
insert into guard.mode default values;

-- decision time = real time + offset + (real time - anchor) * (speed - 1)
create table guard.clock (
    single boolean primary key default true check (single),
    offset_us bigint not null default 0,
    speed double precision not null default 1 check (speed between 0 and 100000),
    anchor timestamptz not null default clock_timestamp ()
);
insert into guard.clock default values;
grant select on guard.mode, guard.clock to renkei_services;

-- plpgsql, because it keeps its plan: an SQL function that cannot be inlined is planned again in every statement (90 µs against 5).
create function guard.now () returns timestamptz language plpgsql stable as $$
begin
    return (select pg_catalog.clock_timestamp () + c.offset_us * interval '1 microsecond'
                   + (pg_catalog.clock_timestamp () - c.anchor) * (c.speed - 1)
              from guard.clock c);
end $$;

-- The database's own clock, for leases and locks that must not follow the decision clock.
create function guard.real_now () returns timestamptz language sql volatile begin atomic
    select clock_timestamp ();
end;

-- stable, as the addition is: an SQL function that says immutable above a stable expression is not inlined.
create function guard.to_time (microseconds bigint) returns timestamptz language sql stable
    return timestamptz '1970-01-01 00:00:00+00' + microseconds * interval '1 microsecond';

create function guard.to_us (at timestamptz) returns bigint language sql stable
    return (extract (epoch from at) * 1000000)::bigint;

-- Test mode only: sets how far decision time is ahead, and how fast it runs from now on.
create function guard.set_clock (new_offset_us bigint, new_speed double precision) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from guard.mode where mode = 'test') then
        raise exception 'the clock can be set in test mode only' using errcode = 'insufficient_privilege';
    end if;
    update guard.clock set offset_us = new_offset_us, speed = new_speed, anchor = clock_timestamp ();
end $$;

-- ---- signed context -------------------------------------------------------------------------------------------------------------------

-- HMAC-SHA256 (RFC 2104) with the two padded keys kept ready.  Two generations may stand side by side while the key changes.
create table guard.context_key (
    generation integer primary key,
    inner_pad bytea not null check (length (inner_pad) = 64),
    outer_pad bytea not null check (length (outer_pad) = 64),
    made_at timestamptz not null default now ()
);

create function guard.new_context_key () returns void language plpgsql as $$
declare
    secret bytea := decode (replace (gen_random_uuid ()::text || gen_random_uuid ()::text || gen_random_uuid ()::text, '-', ''), 'hex');
    inner_key bytea := secret || decode (repeat ('00', 16), 'hex');
    outer_key bytea := inner_key;
begin
    for i in 0 .. 63 loop
        inner_key := set_byte (inner_key, i, get_byte (inner_key, i) # 54);
        outer_key := set_byte (outer_key, i, get_byte (outer_key, i) # 92);
    end loop;
    insert into guard.context_key select coalesce (max (generation), 0) + 1, inner_key, outer_key from guard.context_key;
    delete from guard.context_key where generation < (select max (generation) - 1 from guard.context_key);
end $$;
select guard.new_context_key ();
revoke all on function guard.new_context_key () from public;

create function guard.hmac (payload text, inner_pad bytea, outer_pad bytea) returns text language sql stable
    return encode (sha256 (outer_pad || sha256 (inner_pad || convert_to (payload, 'UTF8'))), 'hex');

-- payload: v1|person|office|municipality|m1,m2,…|purpose|expires_us
create function guard.sign (payload text) returns text language sql stable as $$
    select payload || '|' || guard.hmac (payload, k.inner_pad, k.outer_pad)
      from guard.context_key k order by k.generation desc limit 1
$$;
revoke all on function guard.sign (text) from public;

-- The parts of the transaction's context; NULL when it is absent, forged or expired.  Policies run this a dozen times in a change: two
-- statements on one row each are cheaper than one that joins them, and guard.now () is spelled out because a plan is made anew whenever the
-- search path is another one than the last time.
create function guard.verified () returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    context constant text := current_setting ('renkei.context', true);
    payload constant text := left (context, -65);
    parts constant text[] := string_to_array (payload, '|');
begin
    if context is null or length (context) < 66 or cardinality (parts) <> 7 or parts[1] <> 'v1' or length (parts[7]) not between 1 and 18
       or translate (parts[7], '0123456789', '') <> '' then
        return null;
    end if;
    perform from guard.context_key k where guard.hmac (payload, k.inner_pad, k.outer_pad) = right (context, 64);
    if not found then
        return null;
    end if;
    perform from guard.clock c
      where clock_timestamp () + c.offset_us * interval '1 microsecond' + (clock_timestamp () - c.anchor) * (c.speed - 1)
            < guard.to_time (parts[7]::bigint);
    return case when found then parts end;
end $$;

-- Sets the transaction's context and says whether it is valid.
create function guard.enter (context text) returns boolean language plpgsql volatile as $$
begin
    perform set_config ('renkei.context', coalesce (context, ''), true);
    return guard.verified () is not null;
end $$;

create function guard.person () returns uuid language sql stable return nullif ((guard.verified ())[2], '')::uuid;
create function guard.office () returns uuid language sql stable return nullif ((guard.verified ())[3], '')::uuid;
create function guard.municipality () returns text language sql stable return nullif ((guard.verified ())[4], '');
create function guard.municipalities () returns text[] language sql stable
    return string_to_array (nullif ((guard.verified ())[5], ''), ',');
create function guard.purpose () returns text language sql stable return nullif ((guard.verified ())[6], '');

-- ---- incarnation ----------------------------------------------------------------------------------------------------------------------

-- Transaction ids start again after a restore and may repeat after a promotion.  Positions in event logs therefore begin with this number.
create table guard.incarnation (
    number integer primary key,
    system_identifier bigint not null,
    timeline integer not null,
    since timestamptz not null default now (),
    unique (system_identifier, timeline, number)
);
grant select on guard.incarnation to renkei_services;

-- The present one; raised here when cluster or timeline is not the last one written down.  Asked once a connection.
create function guard.incarnation () returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    system bigint := (select s.system_identifier from pg_control_system () s);
    line integer := ('x' || left (pg_walfile_name (pg_current_wal_lsn ()), 8))::bit (32)::integer;
    last guard.incarnation;
begin
    select * into last from guard.incarnation i order by i.number desc limit 1;
    if last.system_identifier = system and last.timeline = line then
        return last.number;
    end if;
    lock table guard.incarnation in share row exclusive mode;
    select * into last from guard.incarnation i order by i.number desc limit 1;
    if last.system_identifier = system and last.timeline = line then
        return last.number;
    end if;
    insert into guard.incarnation (number, system_identifier, timeline) values (coalesce (last.number, 0) + 1, system, line);
    return coalesce (last.number, 0) + 1;
end $$;

-- For a restore that keeps cluster and timeline (a copy of the files): the operator's tool raises it.
create function guard.raise_incarnation () returns integer
language plpgsql volatile as $$
declare
    raised integer;
begin
    perform guard.incarnation ();
    insert into guard.incarnation (number, system_identifier, timeline)
    select i.number + 1, i.system_identifier, i.timeline from guard.incarnation i order by i.number desc limit 1
    returning number into raised;
    return raised;
end $$;
revoke all on function guard.raise_incarnation () from public;
