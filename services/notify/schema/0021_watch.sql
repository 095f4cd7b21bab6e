-- The machine watches itself: what a second program asks every few seconds, and the alert it makes for itself every quarter of an hour.

-- One row a test: an alert to the machine's own telephone number, through intake, order, adapter and answer.
create table self_test (
    test bigint generated always as identity primary key,
    located_in text not null,
    alert_id uuid not null unique,
    started_at timestamptz not null,
    done_at timestamptz,
    ok boolean,
    recorded_at timestamptz not null default now ()
);
create index self_test_open on self_test (started_at) where done_at is null;
grant select, insert, update on self_test to renkei_notify_engine;

-- What is wrong with the alerts, in one word each; no row: nothing.  engine: nobody has run it for ten seconds.  overdue: an alert waits.
-- sender: a message that asks has waited for a minute.  self_test: the last one failed, or there has been none for twenty minutes though
-- there was one before.  Read by renkei-watch, which may be on another machine.
create function trouble () returns table (what text)
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select 'engine' where not exists (select from lease l where l.name = 'job:alert_engine' and l.expires > guard.real_now () - interval '10 seconds')
    union all
    select 'overdue' where exists (select from alert a where a.state <> 3 and a.next_action_at < guard.now () - interval '30 seconds')
    union all
    select 'sender' where exists (select from delivery d where d.asks and d.state = 1 and d.next_at < guard.now () - interval '60 seconds'
                                     and d.attempts = 0)
                      and not (select held from outbound)
    union all
    select 'self_test' where exists (select from self_test)
        and not exists (select from self_test t where t.ok and t.done_at > guard.now () - interval '20 minutes')
$$;
revoke all on function trouble () from public;
grant execute on function trouble () to renkei_notify_engine;

-- When the last test of the whole way succeeded; NULL: never.  The outside heartbeat is sent only after one.
create function self_test_done () returns timestamptz
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select max (done_at) from self_test where ok
$$;
revoke all on function self_test_done () from public;
grant execute on function self_test_done () to renkei_notify_engine;

insert into retention (table_name, by_month, keep, cursors) values ('self_test', false, '400 days', false);
