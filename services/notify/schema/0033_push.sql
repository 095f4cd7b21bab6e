-- Browsers that take push messages.  Endpoint and keys are read by the sender only.

create table push_subscription (
    subscription_id uuid primary key,
    person_id uuid not null,
    endpoint text not null,
    p256dh text not null,
    auth text not null,
    label text,
    removed_at timestamptz,
    set_at timestamptz not null
);
create index push_subscription_of_person on push_subscription (person_id) where removed_at is null;
alter table push_subscription enable row level security;
alter table push_subscription force row level security;
create policy own on push_subscription to renkei_:service
    using (person_id = (select guard.person ())) with check (person_id = (select guard.person ()));
create policy engine on push_subscription to renkei_:service_engine using (true) with check (true);
grant select (subscription_id, person_id, label, removed_at), insert, update on push_subscription to renkei_:service;
grant select, update on push_subscription to renkei_:service_engine;

-- Which browsers a message goes to, and when; no addresses leave here.
create function push_targets (people uuid[], does_ask boolean, in_lane smallint, is_e0 boolean, at timestamptz)
returns table (subscription_id uuid, person_id uuid, next_at timestamptz)
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select s.subscription_id, s.person_id, t.next_at
      from push_subscription s cross join lateral delivery_time (s.person_id, 7::smallint, does_ask, in_lane, is_e0, at) t
     where s.person_id = any (people) and s.removed_at is null
$$;
revoke all on function push_targets (uuid[], boolean, smallint, boolean, timestamptz) from public;
grant execute on function push_targets (uuid[], boolean, smallint, boolean, timestamptz) to renkei_:service, renkei_:service_engine;

-- Is the id of a new subscription somebody else's already?  Says nothing else.
create function push_taken (of_subscription uuid) returns boolean
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select exists (select from push_subscription s where s.subscription_id = of_subscription and s.person_id is distinct from guard.person ())
$$;
revoke all on function push_taken (uuid) from public;
grant execute on function push_taken (uuid) to renkei_:service;
