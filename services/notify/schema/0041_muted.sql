-- Whoever of a municipality's staff is told in one message a day, or not by e-mail: a count of them shows that there are too many notices (X-03).
create function duty_muted (of_municipality text) returns setof uuid
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select p.person_id from preference p
     where (p.digest or 2 = any (p.disabled))
       and exists (select from membership m where m.person_id = p.person_id and m.located_in = of_municipality and m.roles <> 0)
$$;
revoke all on function duty_muted (text) from public;
grant execute on function duty_muted (text) to renkei_notify, renkei_notify_engine;
