-- What a search enters at.  Every question is a set of keys that all must be there: pairs of characters (grams), facets, items of table 1
-- answered yes.  One GIN index holds them in one column, so that the rarest decides how many rows are looked at (of several columns each that
-- a question leaves out would be read whole); conditions of the statement then say exactly what matches.  A key is only a hint: that a facility
-- has answered yes does not say that the asker may know it.

alter table facility
    add column facets text[] not null generated always as
        (array['s:' || service, 'p:' || left (located_in, 2), 'm:' || located_in, 'n:' || number]) stored,
    add column item_keys text[] not null default '{}';     -- 'i:' and the item's number; kept by the trigger below

-- Kinds of service are found by their words, too: search and grams hold them beside name and kana, parted by a carriage return, for one
-- character is looked for only where a name or its kana begins (behind a line feed, or first).
update facility f
   set search = f.search || E'\r' || s.folded,
       grams = (select array_agg (distinct g) from (select unnest (f.grams)
                  union select substr (s.folded, i, 2) from generate_series (1, length (s.folded) - 1) i) x (g))
  from facility_service s where s.service = f.service;

create function facility_item_keyed () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
declare
    keys text[];
begin
    select coalesce (array_agg (distinct 'i:' || i.item order by 'i:' || i.item), '{}') into keys
      from facility_item i where i.facility_id = new.facility_id and i.until_at is null and i.answer = 1;
    update facility set item_keys = keys where facility_id = new.facility_id and item_keys <> keys;
    return null;
end $$;
revoke all on function facility_item_keyed () from public;
create trigger keyed after insert or update of until_at on facility_item for each row execute function facility_item_keyed ();
update facility f set item_keys = (select array_agg (distinct 'i:' || i.item) from facility_item i
                                    where i.facility_id = f.facility_id and i.until_at is null and i.answer = 1)
 where exists (select from facility_item i where i.facility_id = f.facility_id and i.until_at is null and i.answer = 1);

drop index facility_grams, facility_service_order, facility_item_yes, facility_order, facility_place_order;
-- An order is walked without looking at the rows.
create index facility_order on facility (sort_key, facility_id) include (search, service, located_in, number);
create index facility_place_order on facility (located_in, sort_key, facility_id) include (search, service, number);
create index facility_keys on facility using gin ((grams || facets || item_keys));

-- Residents are answered by the same keys but those of items: what is not shown to them must not narrow what they find.
create or replace view facility_public with (security_invoker = true) as
    select f.facility_id, f.number, f.service, f.located_in, f.municipality, f.name, f.name_kana, f.address, f.building, f.phone,
           f.phone_doubtful, f.url, f.latitude, f.longitude, f.search, f.sort_key, f.grams, f.cell, f.facets, f.item_keys
      from facility f
     where f.not_in_latest is null
       and exists (select from facility_review r where r.facility_id = f.facility_id and r.taken_at is null);
