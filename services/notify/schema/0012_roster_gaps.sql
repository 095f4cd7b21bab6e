-- Where the roster fails in the coming 365 days, as the job gap_check found it.

-- A rotation was looked at on this day at this version; day NULL: look again.
create table rotation_check (
    rotation_id uuid primary key references rotation on delete cascade,
    version bigint not null,
    day date,
    checked_at timestamptz not null
);
create table roster_gap (
    rotation_id uuid not null references rotation on delete cascade,
    kind smallint not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    person_id uuid,
    told boolean not null default false,                -- the coordinators know, at once and not only on the day's list
    primary key (rotation_id, kind, from_at)
);
create index roster_gap_to on roster_gap (to_at);

-- A person's order was looked at.  gap_from: the first stretch without a doctor.
create table chain_check (
    municipality text not null,
    patient_id uuid not null,
    day date,
    doctors integer not null default 0,
    in_use boolean not null default false,
    gap_from timestamptz,
    gap_to timestamptz,
    yearend_from timestamptz,
    yearend_to timestamptz,
    primary key (municipality, patient_id)
);
create index chain_check_due on chain_check (day);
create index chain_row_person on chain_row (person_id) where person_id is not null;
create index chain_row_rotation on chain_row (rotation_id) where rotation_id is not null;

-- The coordinators of a municipality have been told of this day's gaps.
create table gap_told (
    located_in text not null,
    day date not null,
    primary key (located_in, day)
);

alter table chain_check enable row level security;
alter table chain_check force row level security;
create policy engine on chain_check to renkei_notify_engine using (true) with check (true);
create policy service on chain_check to renkei_notify using (true) with check (true);
create policy own_municipalities on chain_check as restrictive to renkei_notify
    using (municipality = any ((select guard.municipalities ())::text[]))
    with check (municipality = any ((select guard.municipalities ())::text[]));
create policy opened on chain_check as restrictive for select to renkei_notify using (exists (select from access a
    where a.municipality = chain_check.municipality and a.patient_id = chain_check.patient_id
      and (a.office_id = (select guard.office ()) or a.person_id = (select guard.person ()))
      and (a.until is null or a.until > (select guard.now ())) offset 0));

grant select on roster_gap, rotation_check, chain_check, gap_told to renkei_notify;
grant select, insert, update, delete on roster_gap, rotation_check, chain_check, gap_told to renkei_notify_engine;

-- How many orders lack doctors, without saying whose: for coordinators, who see nobody in care.
create function chain_gap_counts () returns table (located_in text, kind smallint, people bigint, from_at timestamptz, to_at timestamptz)
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select c.municipality, 5::smallint, count(*), guard.now (), guard.now () + interval '365 days'
      from chain_check c where c.in_use and c.doctors < 2 group by c.municipality
    union all
    select c.municipality, 4::smallint, count(*), min (c.gap_from), max (c.gap_to)
      from chain_check c where c.in_use and c.gap_to > guard.now () group by c.municipality
$$;
revoke all on function chain_gap_counts () from public;
grant execute on function chain_gap_counts () to renkei_notify, renkei_notify_engine;

-- Whatever changes whom one can reach, or whom an order names, is looked at again: the job finds rows without a day.
create function gap_look_again_person (person uuid) returns void
language plpgsql security definer set search_path = notify, guard, pg_temp as $$
begin
    update rotation_check set day = null where rotation_id in (select m.rotation_id from rotation_member m where m.person_id = person)
                                            or rotation_id in (select d.rotation_id from duty_change d where d.add_person = person);
    update chain_check c set day = null
     where day is not null
       and (c.municipality, c.patient_id) in (select r.municipality, r.patient_id from chain_row r where r.person_id = person);
end $$;
revoke all on function gap_look_again_person (uuid) from public;

create function gap_of_person () returns trigger
language plpgsql security definer set search_path = notify, guard, pg_temp as $$
begin
    perform gap_look_again_person (new.person_id);
    return null;
end $$;
create trigger gap_of_contact after insert or update on contact_point for each row execute function gap_of_person ();
create trigger gap_of_membership after insert or update on membership for each row execute function gap_of_person ();
create trigger gap_of_absence after insert or update on absence for each row execute function gap_of_person ();

create function gap_of_change () returns trigger
language plpgsql security definer set search_path = notify, guard, pg_temp as $$
begin
    if new.rotation_id is null then
        perform gap_look_again_person (new.remove_person);
    end if;
    return null;
end $$;
create trigger gap_of_change after insert or update on duty_change for each row execute function gap_of_change ();

create function gap_of_office () returns trigger
language plpgsql security definer set search_path = notify, guard, pg_temp as $$
begin
    if (old.phone, old.duty_phone) is distinct from (new.phone, new.duty_phone) then
        perform gap_look_again_person (m.person_id) from membership m where m.office_id = new.office_id;
    end if;
    return null;
end $$;
create trigger gap_of_office after update on office for each row execute function gap_of_office ();

create function gap_of_patient () returns trigger
language plpgsql security definer set search_path = notify, guard, pg_temp as $$
begin
    insert into chain_check (municipality, patient_id) values (new.municipality, new.patient_id)
        on conflict (municipality, patient_id) do update set day = null where chain_check.day is not null;
    return null;
end $$;
create trigger gap_of_chain after insert on chain for each row execute function gap_of_patient ();
create trigger gap_of_consent after update on consent for each row execute function gap_of_patient ();
create trigger gap_of_phase after update on patient for each row when (old.terminal_phase is distinct from new.terminal_phase)
    execute function gap_of_patient ();
insert into chain_check (municipality, patient_id) select distinct municipality, patient_id from chain;
