-- A facility that another municipality looks after from now on (it joined the region, or the facility moved) takes its record along: the new
-- keeper reads and goes on with it, the old one reads what the facility allows.
create function facility_keeper_moved () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
begin
    update facility_item set keeper = new.municipality where facility_id = new.facility_id;
    update facility_consent set keeper = new.municipality where facility_id = new.facility_id;
    return null;
end $$;
revoke all on function facility_keeper_moved () from public;
create trigger keeper_moved after update of municipality on facility
    for each row when (old.municipality is distinct from new.municipality) execute function facility_keeper_moved ();
