-- How hospitals and the doctors of their registered people reach each other by day and by night (主治医と急変時診療医療機関の連絡方法), and
-- whether that was tried.  Of places of work, no patient.  A trial belongs to the number it was made with: another number is tried anew.

create table contact_route (
    municipality text not null,                         -- the office's
    route_id uuid not null unique,
    office_id uuid not null,
    serves smallint not null,                           -- route_time
    means smallint not null,                            -- route_means
    address text not null,
    note text,
    address_since timestamptz not null,
    set_by uuid not null,
    set_at timestamptz not null,
    removed_at timestamptz,
    recorded_at timestamptz not null default now (),
    primary key (municipality, route_id)
) with (fillfactor = 70);
create index contact_route_of_office on contact_route (office_id) where removed_at is null;

-- answered NULL: the machine called, what became of it stands in `delivery`.
create table contact_route_call (
    municipality text not null,                         -- the office's
    test_id uuid not null unique,
    route_id uuid not null,
    called_at timestamptz not null,
    answered boolean,
    delivery_id uuid,
    delivery_of text,                                   -- municipality of whoever had the machine call
    note text,
    called_by uuid not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, test_id),
    foreign key (municipality, route_id) references contact_route (municipality, route_id)
);
create index contact_route_call_newest on contact_route_call (route_id, called_at desc);

-- Does the acting office share somebody with this one: a hospital and the team of a person registered there, of which the hospital reaches
-- the doctors?  Says nothing else.
create function route_shared (of_office uuid) returns boolean
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select exists (select from designated_hospital d join team_seat s on s.municipality = d.municipality and s.patient_id = d.patient_id
                    where d.office_id is not null
                      and ((d.office_id = of_office and s.office_id = guard.office ())
                           or (d.office_id = guard.office () and s.office_id = of_office and s.seat in (1, 2))))
$$;
revoke all on function route_shared (uuid) from public;
grant execute on function route_shared (uuid) to renkei_:service;

-- What became of a machine's call: true answered, false not, NULL under way.  The call may be of another municipality: whoever tried it.
create function route_called (in_municipality text, of_delivery uuid) returns boolean
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select case when d.state in (3, 8) then true when d.state in (4, 5, 9) then false end from delivery d where d.delivery_id = of_delivery
$$;
revoke all on function route_called (text, uuid) from public;
grant execute on function route_called (text, uuid) to renkei_:service;

do $$
declare
    name text;
begin
    foreach name in array array['contact_route', 'contact_route_call'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy service on %I to renkei_notify using (true) with check (true)', name);
    end loop;
end $$;
create policy own_municipalities on contact_route as restrictive to renkei_notify
    using (municipality = any ((select guard.municipalities ())::text[]) or route_shared (office_id))
    with check (municipality = any ((select guard.municipalities ())::text[]));
-- Whoever sees the route may try it.
create policy of_route on contact_route_call as restrictive to renkei_notify
    using (exists (select from contact_route r where r.municipality = contact_route_call.municipality and r.route_id = contact_route_call.route_id))
    with check (exists (select from contact_route r
                         where r.municipality = contact_route_call.municipality and r.route_id = contact_route_call.route_id));
grant select, insert, update on contact_route to renkei_:service;
grant select, insert on contact_route_call to renkei_:service;
