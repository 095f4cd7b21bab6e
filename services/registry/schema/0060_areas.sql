-- Where a facility lies, beyond its municipality: 二次医療圏 (a list of the ministry, loaded by the operator), 日常生活圏域 (drawn by each
-- municipality, by names of towns or facility by facility), and a grid by which neighbours are found.  No people: readable by the whole
-- region, written by whom it belongs to.

create table municipality_area (
    municipality text primary key check (municipality ~ '^[0-9]{6}$'),         -- wards, too; a municipality lies in one area
    area text not null check (area ~ '^[0-9]{4}$'),                            -- 二次医療圏, code of the ministry
    name text not null check (name <> ''),
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);
create index municipality_area_of on municipality_area (area, municipality);
alter table municipality_area enable row level security;
alter table municipality_area force row level security;
create policy everybody on municipality_area for select to renkei_:service, renkei_:service_engine using (true);
create policy region_adds on municipality_area for insert to renkei_:service with check ((select acts_for_region ()));
create policy region_changes on municipality_area for update to renkei_:service
    using ((select acts_for_region ())) with check ((select acts_for_region ()));
create policy readable on municipality_area as restrictive for select to renkei_:service using (true);
create policy region_only_adds on municipality_area as restrictive for insert to renkei_:service with check ((select acts_for_region ()));
create policy region_only on municipality_area as restrictive for update to renkei_:service using ((select acts_for_region ()));
grant select, insert on municipality_area to renkei_:service;
grant update (area, name) on municipality_area to renkei_:service;
grant select on municipality_area to renkei_:service_engine;

-- Towns are compared as they are written most briefly: half-width, without spaces, 一丁目 and 1丁目 as 1-.
create function town_key (written text) returns text
language plpgsql immutable strict parallel safe as $$
declare
    ret text := regexp_replace (normalize (written, NFKC), '\s', '', 'g');
    numeral text;
begin
    foreach numeral in array regexp_split_to_array ('十九=19 十八=18 十七=17 十六=16 十五=15 十四=14 十三=13 十二=12 十一=11 二十=20 十=10 九=9 八=8'
                                                    ' 七=7 六=6 五=5 四=4 三=3 二=2 一=1', ' ') loop
        exit when strpos (ret, '丁目') = 0;
        ret := replace (ret, split_part (numeral, '=', 1) || '丁目', split_part (numeral, '=', 2) || '丁目');
    end loop;
    return regexp_replace (translate (replace (ret, '丁目', '-'), '‐‑‒–—―−ー', '--------'), '-+', '-', 'g');
end $$;

-- An address without prefecture, county and municipality; the wards of a designated city stay, as its towns are named with them.
create function town_of (address text, prefecture text, municipality_name text) returns text
language sql immutable parallel safe set search_path = registry, guard, pg_temp as $$
    select town_key (regexp_replace (case when starts_with (address, prefecture) then substr (address, length (prefecture) + 1) else address end,
        '^\s*([^0-9０-９\s]{1,6}郡)?' ||
        regexp_replace (regexp_replace (coalesce (municipality_name, ''), '^(.+市).+区$', '\1'), '([.*+?()\[\]{}|\\^$])', '\\\1', 'g'), ''))
$$;

create table care_area (
    municipality text not null check (municipality ~ '^[0-9]{6}$'),
    care_area_id uuid not null,
    name text not null check (name <> ''),
    towns text[] not null,                              -- beginnings of addresses behind the municipality, as the officer wrote them
    keys text[] not null,                               -- each as town_key
    removed_at timestamptz,                             -- NULL: in use
    set_by uuid not null,
    recorded_at timestamptz not null default now (),
    primary key (municipality, care_area_id)
);
create unique index care_area_name on care_area (municipality, name) where removed_at is null;
create index care_area_by_id on care_area (care_area_id);
alter table care_area enable row level security;
alter table care_area force row level security;
create policy everybody on care_area to renkei_:service using (true) with check (true);
create policy readable on care_area as restrictive for select to renkei_:service using (true);
create policy own_adds on care_area as restrictive for insert to renkei_:service
    with check (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy own_changes on care_area as restrictive for update to renkei_:service
    using (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy engine on care_area for select to renkei_:service_engine using (true);
grant select, insert on care_area to renkei_:service;
grant update (name, towns, keys, removed_at, set_by) on care_area to renkei_:service;
grant select on care_area to renkei_:service_engine;

-- Which facility lies in which: as an officer said, else by its address.  No row: in none that is known.
create table facility_area (
    keeper text not null,                               -- municipality that looks after the facility
    facility_id uuid not null references facility (facility_id),
    care_area_id uuid not null,
    assigned boolean not null,                          -- by an officer: an address does not change it
    set_by uuid,
    recorded_at timestamptz not null default now (),
    primary key (facility_id),
    foreign key (keeper, care_area_id) references care_area (municipality, care_area_id)
) with (fillfactor = 70);
create index facility_area_of on facility_area (care_area_id, facility_id);
alter table facility_area enable row level security;
alter table facility_area force row level security;
create policy everybody on facility_area to renkei_:service using (true) with check (true);
create policy readable on facility_area as restrictive for select to renkei_:service using (true);
create policy own_adds on facility_area as restrictive for insert to renkei_:service
    with check (keeper = (select guard.municipality ()) or (select acts_for_region ()));
create policy own_changes on facility_area as restrictive for update to renkei_:service
    using (keeper = (select guard.municipality ()) or (select acts_for_region ()));
create policy own_removes on facility_area as restrictive for delete to renkei_:service
    using (keeper = (select guard.municipality ()) or (select acts_for_region ()));
create policy engine on facility_area to renkei_:service_engine using (true) with check (true);
grant select, insert, update, delete on facility_area to renkei_:service;
grant select, insert, update, delete on facility_area to renkei_:service_engine;

-- The longest town that fits decides.
create function care_area_of (keeper text, town text) returns uuid
language sql stable set search_path = registry, guard, pg_temp as $$
    select a.care_area_id from care_area a, unnest (a.keys) k
     where a.municipality = keeper and a.removed_at is null and starts_with (town, k) order by length (k) desc, a.care_area_id limit 1
$$;

-- Facilities are placed by their address as they are written; what an officer said stays as long as the same municipality looks after it.
create function facility_area_follows () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
begin
    if tg_op = 'UPDATE' then
        delete from facility_area a using fresh f where a.facility_id = f.facility_id
           and (not a.assigned or a.keeper is distinct from f.municipality);
    end if;
    insert into facility_area (keeper, facility_id, care_area_id, assigned)
    select f.municipality, f.facility_id, x.found, false
      from fresh f left join facility_place p on p.located_in = f.located_in left join municipality m on m.code = f.located_in,
           lateral (select care_area_of (f.municipality,
                       town_of (f.address, coalesce (p.prefecture, m.prefecture, ''), coalesce (p.name, m.name))) as found) x
     where exists (select from care_area a where a.municipality = f.municipality and a.removed_at is null) and x.found is not null
    on conflict (facility_id) do nothing;
    return null;
end $$;
revoke all on function facility_area_follows () from public;
create trigger area_of_new after insert on facility referencing new table as fresh for each statement execute function facility_area_follows ();
create trigger area_of_changed after update on facility referencing new table as fresh for each statement execute function facility_area_follows ();

-- A square of a hundredth of a degree (1.1 km by about 0.9 km): neighbours are found by ranges of one number, which row-level security does
-- not hinder.  Where the point cannot be in Japan there is none.
alter table facility add column cell integer generated always as (
    case when latitude >= 20 and latitude <= 46 and longitude >= 122 and longitude <= 154
         then floor (latitude * 100)::integer * 100000 + floor (longitude * 100)::integer end) stored;
create index facility_cell on facility (cell);
