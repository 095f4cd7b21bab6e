-- Telephones of an office with the hours in which they are answered (当番携帯).  Of places of work, no person's data: every reader of the
-- service sees the same, as of `office`.  An office without rows is called by its registered telephones at any hour.

create table office_phone (
    office_id uuid not null,
    position integer not null,
    name text not null,
    number text not null check (number !~ ' '),
    hours integer[] not null check (cardinality (hours) % 3 = 0),   -- three a band: set of day classes, from, to; none: always
    primary key (office_id, position)
);
-- Who wrote them, also when the last was taken away; and what the gap check found: the first time at which nobody could be called.
create table office_phones (
    office_id uuid primary key,
    set_by uuid not null,
    set_at timestamptz not null,
    day date,                                           -- looked at on this day; NULL: look again
    silent_from timestamptz,
    silent_to timestamptz
) with (fillfactor = 70);
create index office_phones_due on office_phones (day);

grant select, insert, delete on office_phone to renkei_:service;
grant select, insert, update on office_phones to renkei_:service;
grant select on office_phone to renkei_:service_engine;
grant select, update on office_phones to renkei_:service_engine;
create constraint trigger roster_rows after insert or update or delete on office_phone deferrable initially deferred
    for each row execute function roster_rows_raise ();

-- Somebody's order or a rotation calls this office.  Says no more: of whom is nobody's business here.
create function office_is_relied_on (of_office uuid) returns boolean
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select exists (select from chain_row r join chain_check c using (municipality, patient_id) where c.in_use and r.office_id = of_office)
        or exists (select from rotation_member m where m.office_id = of_office)
$$;
revoke all on function office_is_relied_on (uuid) from public;
grant execute on function office_is_relied_on (uuid) to renkei_:service, renkei_:service_engine;

-- Other hours: whoever is reached through that office is looked at again.
create function gap_of_phones () returns trigger
language plpgsql security definer set search_path = notify, guard, pg_temp as $$
begin
    perform gap_look_again_person (m.person_id) from membership m where m.office_id = new.office_id;
    return null;
end $$;
revoke all on function gap_of_phones () from public;
create trigger gap_of_phones after insert or update of set_at on office_phones for each row execute function gap_of_phones ();
