-- What is known of a facility beside the published row (guide, table 1), and what the facility allows to be shown to whom.
--
-- Both only grow: what holds has no end, and a change ends it and begins anew, so that any past day can be read.  shown_to repeats what the
-- consents and the source allow at the moment, so that row-level security need not look for it; the command that changes a consent writes
-- the items of it anew in the same transaction.

create table facility_item (
    entry bigint generated always as identity,
    facility_id uuid not null references facility (facility_id),
    item smallint not null check (item > 0),
    notified boolean not null,                          -- 届出; apart from what the facility says itself
    since timestamptz not null,
    until_at timestamptz check (until_at >= since),     -- NULL: holds
    answer smallint not null check (answer in (1, 2)),  -- yes, no; unknown is no row
    performed boolean check (performed is null or answer = 1),
    text text,
    source smallint not null check (source between 1 and 5),
    source_date date,
    changed_at timestamptz not null,                    -- since when it says this
    confirmed_at timestamptz,
    shown_to smallint not null check (shown_to between 0 and 7),               -- bit audience - 1
    keeper text,                                        -- municipality that looks after the facility
    set_by uuid not null,
    recorded_at timestamptz not null default now (),
    primary key (facility_id, entry)
);
create unique index facility_item_holds on facility_item (facility_id, item, notified) where until_at is null;
grant select, insert, update (until_at) on facility_item to renkei_:service;

create table facility_consent (
    entry bigint generated always as identity,
    facility_id uuid not null references facility (facility_id),
    item smallint not null check (item > 0),
    since timestamptz not null,
    until_at timestamptz check (until_at >= since),
    audiences smallint not null check (audiences between 0 and 7),
    given_by text not null,                             -- of the facility
    given_on date not null,
    keeper text,
    set_by uuid not null,
    recorded_at timestamptz not null default now (),
    primary key (facility_id, entry)
);
create unique index facility_consent_holds on facility_consent (facility_id, item) where until_at is null;
grant select, insert, update (until_at) on facility_consent to renkei_:service;

-- Who reads: the audience's bit, the municipality an officer acts for, and the number of the own office.  Nobody: residents.
create function facility_reader (out audience integer, out keeper text, out number text)
language sql stable security definer set search_path = registry, guard, pg_temp as $$
    select coalesce (max (case when m.roles && array['municipal_officer', 'prefecture', 'operator', 'administrator'] then 1
                               when m.roles <@ array['family'] then 4 else 2 end), 4),
           max (m.municipality) filter (where 'municipal_officer' = any (m.roles)),
           max (o.facility_number)
      from membership m join office o on o.municipality = m.municipality and o.office_id = m.office_id
     where m.person_id = (select guard.person ()) and m.office_id = (select guard.office ()) and m.ended_at is null
$$;
revoke all on function facility_reader () from public;
grant execute on function facility_reader () to renkei_:service;

alter table facility_item enable row level security;
alter table facility_item force row level security;
create policy keepers on facility_item to renkei_:service
    using (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)))
    with check (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)));
create policy audience on facility_item for select to renkei_:service using (shown_to & (select (facility_reader ()).audience) <> 0);
create policy present on facility_item as restrictive for select to renkei_:service
    using (until_at is null or keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)));

alter table facility_consent enable row level security;
alter table facility_consent force row level security;
create policy keepers on facility_consent to renkei_:service
    using (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)))
    with check (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)));
