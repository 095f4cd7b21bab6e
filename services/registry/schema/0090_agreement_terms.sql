-- What an agreement opens, and to whom (KU-08): kinds of data and professions; both enforced here, by the day, not by any program.

alter table agreement
    add column kinds text[] not null default '{patient_records}'
        check (cardinality (kinds) > 0 and kinds <@ array['patient_records', 'facility_items', 'facility_consents']),
    add column professions text[] check (cardinality (professions) > 0);      -- NULL: every profession
grant update (kinds, professions) on agreement to renkei_:service;

-- Warned once for each last day and step (60, 30, 7 days before).
create table agreement_warning (
    agreement_id uuid not null references agreement (agreement_id),
    to_day date not null,
    step integer not null,
    recorded_at timestamptz not null default now (),
    primary key (agreement_id, to_day, step)
);
grant select, insert on agreement_warning to renkei_:service_engine;

-- The municipalities that open this kind of data to somebody of these roles in the municipality, today in Japan.
create function opened_to (receiver text, its_roles text[], kind text) returns text[]
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select coalesce (array_agg (distinct a.giving), '{}') from agreement a
     where a.receiving = receiver and a.kinds @> array[kind] and (a.professions is null or a.professions && its_roles)
       and (guard.now () at time zone 'Asia/Tokyo')::date between a.from_day and coalesce (a.to_day, 'infinity')
$$;
revoke all on function opened_to (text, text[], text) from public;

-- The same for who asks now.
create function agreed (kind text) returns text[]
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select opened_to ((select guard.municipality ()), m.roles, kind)
      from membership m
     where m.person_id = (select guard.person ()) and m.office_id = (select guard.office ()) and m.ended_at is null
$$;
revoke all on function agreed (text) from public;
grant execute on function agreed (text) to renkei_:service;

-- What another municipality keeps and has not published is read under an agreement, as it stands today; what stood before stays its own.
create policy agreed on facility_item for select to renkei_:service using (keeper = any ((select agreed ('facility_items'))::text[]));
create policy agreed on facility_consent for select to renkei_:service
    using (until_at is null and keeper = any ((select agreed ('facility_consents'))::text[]));

-- As in 0003, but that only agreements on people's records, and on the roles one has here, open another municipality's people.
create or replace function session_actor (token_sha256 bytea)
returns table (person_id uuid, session_id uuid, office_id uuid, municipality text, roles text[], strength text, context text, locked boolean)
language plpgsql volatile security definer set search_path = registry, guard, pg_temp as $$
declare
    decided timestamptz := guard.now ();
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
                select unnest (opened_to (found_session.municipality, found_session.roles, 'patient_records'))) open_to;
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
