-- When somebody is told next that an opening without consent waits for its review (S-36), and how often that was said; call_at null: no
-- more.  The job break_glass_calls moves it on in the transaction that tells.
alter table break_glass
    add column call_at timestamptz,
    add column calls smallint not null default 0;
update break_glass set call_at = case when reviewed_at is null then at + interval '24 hours' end;
create function break_glass_first_call () returns trigger language plpgsql as $$
begin
    new.call_at := new.at + interval '24 hours';
    return new;
end $$;
create trigger first_call before insert on break_glass for each row execute function break_glass_first_call ();
create index break_glass_to_call on break_glass (call_at) where reviewed_at is null;
grant select, update (call_at, calls) on break_glass to renkei_sharing_engine;
