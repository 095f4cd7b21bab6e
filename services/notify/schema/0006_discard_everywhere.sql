-- After a restore one person releases the region.  Old messages of every municipality are discarded with it, also of those whose rows that
-- person does not see: else they would leave, for emergencies of before the restore.
create function outbound_discard (older_than timestamptz) returns void
language sql volatile security definer set search_path = notify, guard, pg_temp as $$
    update delivery set state = 5, done_at = guard.now (), last_error = 'discarded after a restore'
     where state in (1, 2) and created_at < older_than
$$;
revoke all on function outbound_discard (timestamptz) from public;
grant execute on function outbound_discard (timestamptz) to renkei_notify;
