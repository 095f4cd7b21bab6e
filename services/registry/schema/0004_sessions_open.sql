-- sessions_open: which of these sessions may still be used now; asked by the gateway every second for the live streams it holds, so that a
-- session that ended, ran out, was locked by idling or lost its membership stops hearing at once.  Unlike session_actor it counts as no use.
create function sessions_open (session_ids uuid[])
returns setof uuid
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select s.session_id
      from session s
      join membership m on m.person_id = s.person_id and m.office_id = s.office_id and m.ended_at is null
     where s.session_id = any (session_ids)
       and s.ended_at is null
       and s.expires_at > (select guard.now ())
       and (s.idle_seconds is null or s.seen_at + s.idle_seconds * interval '1 second' > (select guard.now ()));
$$;
revoke all on function sessions_open (uuid[]) from public;
grant execute on function sessions_open (uuid[]) to renkei_gateway;
