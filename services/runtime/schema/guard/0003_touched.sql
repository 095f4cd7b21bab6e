-- Fails unless a statement touched as many rows as it had to, so that the COMMIT behind it may be sent before its answer is there
-- (runtime/db.h, db_queue_sure): the server passes over everything that comes after a failure.

create function guard.touched (met bigint, wanted bigint) returns void language plpgsql immutable as $$
begin
    if met <> wanted then
        raise exception 'touched % rows, not %', met, wanted using errcode = 'RK001';
    end if;
end $$;
revoke all on function guard.touched (bigint, bigint) from public;
grant execute on function guard.touched (bigint, bigint) to renkei_services;
