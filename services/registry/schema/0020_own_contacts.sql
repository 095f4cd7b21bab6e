-- Contacts a person adds, each verified by a code sent to it: 15 minutes, three tries, five codes an hour.  They belong to the person alone.

create table own_contact (
    contact_point_id uuid primary key,
    person_id uuid not null references person (person_id),
    kind smallint not null check (kind in (2, 4, 5, 6)),
    address text not null,                              -- empty when removed
    verified_at timestamptz,
    phi_ok boolean not null default false,
    code_sha256 bytea,
    code_until timestamptz,
    tries_left integer not null default 0 check (tries_left between 0 and 3),
    codes integer not null default 0,                   -- sent since codes_from
    codes_from timestamptz,
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);
create index own_contact_of_person on own_contact (person_id);
alter table own_contact enable row level security;
alter table own_contact force row level security;
create policy own on own_contact to renkei_:service
    using (person_id = (select guard.person ())) with check (person_id = (select guard.person ()));
create policy engine on own_contact for select to renkei_:service_engine using (true);
grant select, insert, update on own_contact to renkei_:service;
grant select on own_contact to renkei_:service_engine;

-- Is the id of a new contact somebody else's already?  Says nothing else.
create function contact_taken (of_contact uuid) returns boolean
language sql stable security definer set search_path = :service, guard, pg_temp as $$
    select exists (select from own_contact o where o.contact_point_id = of_contact and o.person_id is distinct from guard.person ())
$$;
revoke all on function contact_taken (uuid) from public;
grant execute on function contact_taken (uuid) to renkei_:service;
