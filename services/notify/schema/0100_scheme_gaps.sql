-- Offices that an order relies on and whose part in the scheme of attending and deputy doctors ends within the year of the gap check
-- without another that follows at once.
create table chain_scheme (
    municipality text not null,
    patient_id uuid not null,
    office_id uuid not null,
    from_at timestamptz not null,                       -- the first instant without a part
    to_at timestamptz not null,                         -- the next part begins, or the check's year ends
    primary key (municipality, patient_id, office_id),
    foreign key (municipality, patient_id) references chain_check on delete cascade
);

alter table chain_scheme enable row level security;
alter table chain_scheme force row level security;
create policy engine on chain_scheme to renkei_notify_engine using (true) with check (true);
create policy service on chain_scheme to renkei_notify using (true) with check (true);
create policy own_municipalities on chain_scheme as restrictive to renkei_notify
    using (municipality = any ((select guard.municipalities ())::text[]))
    with check (municipality = any ((select guard.municipalities ())::text[]));
create policy opened on chain_scheme as restrictive for select to renkei_notify using (exists (select from access a
    where a.municipality = chain_scheme.municipality and a.patient_id = chain_scheme.patient_id
      and (a.office_id = (select guard.office ()) or a.person_id = (select guard.person ()))
      and (a.until is null or a.until > (select guard.now ())) offset 0));

grant select on chain_scheme to renkei_notify;
grant select, insert, update, delete on chain_scheme to renkei_notify_engine;

-- How many orders rely on such an office, without saying whose: for coordinators, who speak with the office about the next period.
create function chain_scheme_counts () returns table (located_in text, office_id uuid, people bigint, from_at timestamptz, to_at timestamptz)
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select s.municipality, s.office_id, count(*), min (s.from_at), max (s.to_at)
      from chain_scheme s join chain_check c on c.municipality = s.municipality and c.patient_id = s.patient_id
     where c.in_use and s.to_at > guard.now () group by s.municipality, s.office_id
$$;
revoke all on function chain_scheme_counts () from public;
grant execute on function chain_scheme_counts () to renkei_notify, renkei_notify_engine;

-- An office's part begins, ends or is taken back: the orders that name it, its people or its doctors are looked at again.
create function gap_of_scheme () returns trigger
language plpgsql security definer set search_path = notify, guard, pg_temp as $$
begin
    update chain_check c set day = null
     where day is not null
       and (c.municipality, c.patient_id) in (
            select r.municipality, r.patient_id from chain_row r where r.office_id = new.office_id
            union
            select r.municipality, r.patient_id from membership m join chain_row r on r.person_id = m.person_id
             where m.office_id = new.office_id
            union
            select s.municipality, s.patient_id from team_seat s where s.office_id = new.office_id and s.seat in (1, 2));
    return null;
end $$;
revoke all on function gap_of_scheme () from public;
create trigger gap_of_scheme after insert or update on scheme_part for each row execute function gap_of_scheme ();
create index chain_row_office on chain_row (office_id) where office_id is not null;

-- What is already known is looked at once.
update chain_check set day = null where day is not null;
