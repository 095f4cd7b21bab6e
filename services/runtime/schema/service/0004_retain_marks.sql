-- A released event is marked in hearing_attempt with recorded_at '-infinity' ("at once").  retain () took such a mark for a very old row and
-- deleted it: an event released while its sender was away for an hour was not tried again until the next event of its subject.

create or replace function retain () returns bigint
language plpgsql security definer set search_path = :service, guard, pg_temp set timezone = 'UTC' set lock_timeout = '2s' as $$
declare
    kept retention;
    part text;
    deleted bigint;
    touched bigint := 0;
begin
    for kept in select * from retention order by table_name loop
        if not kept.by_month then
            continue when kept.keep is null;
            execute format ('delete from %1$I where ctid in (select ctid from %1$I where recorded_at < now () - $1'                 -- real time
                            ' and recorded_at > ''-infinity'' limit 5000)', kept.table_name)
                using kept.keep;
            get diagnostics deleted = row_count;
            touched := touched + deleted;
            continue;
        end if;
        for i in 0 .. 3 loop
            touched := touched + make_partition (kept.table_name, (date_trunc ('month', now ()) + i * interval '1 month')::date)::integer;    -- real time
        end loop;
        for part in
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
             where i.inhparent = to_regclass (quote_ident (kept.table_name)) and c.relname ~ '_[0-9]{4}_[0-9]{2}$'
        loop
            touched := touched + drop_partition (kept.table_name, part, kept.keep, kept.cursors)::integer;
        end loop;
    end loop;
    return touched;
end $$;
