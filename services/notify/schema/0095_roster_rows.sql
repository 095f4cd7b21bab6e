-- Which version of the rows about the region – rotations and what lies on them, people, offices, contacts – an order of doctors was read
-- from.  A reader that has kept those rows asks for this number in its own transaction and believes what it kept only while the number is
-- the same (roster_kept.h).

create table roster_rows (
    single boolean primary key default true check (single),
    version bigint not null default 1
) with (fillfactor = 70);
insert into roster_rows default values;
grant select on roster_rows to renkei_notify, renkei_notify_engine;

-- Once a transaction.  Run at its COMMIT, so that the row is the last that is locked and nobody waits in a circle; whoever sees the change
-- sees the number.  Changes by hand raise it as well.
create function roster_rows_raise () returns trigger
language plpgsql security definer set search_path = notify, pg_temp as $$
declare
    own constant text := pg_current_xact_id ()::text;
begin
    if current_setting ('renkei.roster_raised_by', true) is distinct from own then
        perform set_config ('renkei.roster_raised_by', own, true);
        update roster_rows set version = version + 1;
    end if;
    return null;
end $$;
revoke all on function roster_rows_raise () from public;

do $$
declare
    name text;
begin
    foreach name in array array['rotation', 'rotation_member', 'rotation_past', 'closure', 'duty_table', 'duty_entry', 'duty_change',
                                'absence', 'last_resort', 'membership', 'office', 'contact_point', 'contact_trouble'] loop
        execute format ('create constraint trigger roster_rows after insert or update or delete on %I deferrable initially deferred
                         for each row execute function roster_rows_raise ()', name);
    end loop;
end $$;
