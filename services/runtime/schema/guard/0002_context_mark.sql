-- The context is checked once, when it is entered, and its mark is kept where the entering session alone can find it and a service role
-- cannot write: as the session's own value of a sequence that only the owner may use.  The policies of one change read the context some
-- fifteen times; each reading repeats one hash instead of two and two tables (4 µs instead of 34, docs/decisions/0007).
--
-- The mark covers the context's text and the time at which the transaction began: another context, or the same one in a later
-- transaction, has to be entered again.  Unlogged, so that entering writes nothing that a commit would have to wait for.

create unlogged sequence guard.entered minvalue 0;
revoke all on sequence guard.entered from public;

-- The first 63 bits of SHA-256.
create function guard.mark_of (context text) returns bigint language sql stable
    return ('x' || encode (sha256 (convert_to (context, 'UTF8') || timestamptz_send (transaction_timestamp ())), 'hex'))::bit (63)::bigint;
revoke all on function guard.mark_of (text) from public;

-- The parts of a context whose signature is good and whose time has not run out; NULL otherwise.
create function guard.parts_of (context text) returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
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
revoke all on function guard.parts_of (text) from public;

-- The parts of the transaction's context; NULL when it is absent or was not entered in this transaction.  No "set search_path", which costs
-- more than the rest: every name and operator says where it is from.
create or replace function guard.verified () returns text[]
language plpgsql stable security definer as $$
declare
    context constant text := pg_catalog.current_setting ('renkei.context', true);
begin
    if context is null or context operator (pg_catalog.=) '' then
        return null;
    end if;
    if guard.mark_of (context) operator (pg_catalog.=) pg_catalog.currval ('guard.entered'::pg_catalog.regclass) then
        return pg_catalog.string_to_array (pg_catalog.left (context, -65), '|');
    end if;
    return null;
end $$;

-- Sets the transaction's context and says whether it is valid.
create or replace function guard.enter (context text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    valid constant boolean := guard.parts_of (context) is not null;
begin
    perform setval ('guard.entered', case when valid then guard.mark_of (context) else 0 end);
    perform set_config ('renkei.context', case when valid then context else '' end, true);
    return valid;
end $$;
revoke all on function guard.enter (text) from public;
grant execute on function guard.enter (text) to renkei_services;
