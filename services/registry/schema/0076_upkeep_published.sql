-- What is published is kept current by the next file, not by asking the facility: it does not count for 要確認 (A-23).
create or replace function facility_upkeep_counted () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
begin
    insert into facility_upkeep as u (facility_id, counted_from)
        select i.facility_id, min (coalesce (i.confirmed_at, i.changed_at)) from facility_item i
         where i.until_at is null and i.source <> 1 and i.facility_id in (select n.facility_id from fresh n) group by i.facility_id
        on conflict (facility_id) do update set counted_from = excluded.counted_from where u.counted_from <> excluded.counted_from;
    return null;
end $$;
delete from facility_upkeep u
 where not exists (select from facility_item i where i.facility_id = u.facility_id and i.until_at is null and i.source <> 1);
update facility_upkeep u set counted_from = c.counted_from
  from (select facility_id, min (coalesce (confirmed_at, changed_at)) as counted_from from facility_item
         where until_at is null and source <> 1 group by facility_id) c
 where c.facility_id = u.facility_id and c.counted_from <> u.counted_from;
