-- Patients' pages that wait for a FAX number which is no longer sure must not leave, whichever office wrote them; none of them is shown.
create function fax_call_off (to_office uuid) returns void
language sql volatile security definer set search_path = notify, guard, pg_temp as $$
    update delivery d set state = 5, done_at = guard.now (), last_error = '番号の確認が取り消されました'
     where d.office_id = to_office and d.kind = 6 and d.state = 1
       and exists (select from fax f where f.municipality = d.municipality and f.delivery_id = d.delivery_id)
$$;
revoke all on function fax_call_off (uuid) from public;
grant execute on function fax_call_off (uuid) to renkei_:service;
