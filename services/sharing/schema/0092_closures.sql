-- Local closures (お盆休み, 開院記念日) as notify tells them: on such a day of the person's municipality or of the attending doctor's office
-- what is entrusted for holidays holds (往診代行, U-33).  Not people's data: an office's or a municipality's calendar, region-level.
create table closure (
    closure_id uuid primary key,
    located_in text,
    office_id uuid,
    first_day date not null,
    last_day date not null,
    name text not null,
    removed boolean not null,
    version bigint not null
);
create index closure_of_place on closure (located_in, last_day) where not removed;
create index closure_of_office on closure (office_id, last_day) where not removed;
grant select on closure to renkei_sharing;
grant select, insert, update on closure to renkei_sharing_engine;

-- As in 0030_night_visits.sql, but for a duty that is gone: with the closure that made it, it ends at once, as what was taken back does.
create or replace function night_open (in_municipality text, of_patient uuid, entrust uuid) returns void
language plpgsql security definer set search_path = sharing, guard, pg_temp as $$
declare
    at timestamptz := guard.now ();
begin
    perform from patient p where p.municipality = in_municipality and p.patient_id = of_patient for no key update;
    update access a set to_at = at from night_entrust e
     where e.municipality = in_municipality and e.patient_id = of_patient and e.entrust_id = entrust
       and (e.ended_at is not null or e.window_to is null)
       and a.municipality = e.municipality and a.patient_id = e.patient_id and a.source_id = e.entrust_id and a.ground = 3
       and (a.to_at is null or a.to_at > at);
    insert into access as a (municipality, patient_id, office_id, ground, source_id, consent_id, from_at, to_at)
    select e.municipality, e.patient_id, e.office_id, 3, e.entrust_id, c.consent_id,
           greatest (e.window_from, c.from_date::timestamp at time zone 'Asia/Tokyo', x.from_at),
           least (e.window_to + interval '2 hours', (c.to_date + 1)::timestamp at time zone 'Asia/Tokyo', x.to_at)
      from night_entrust e
      join consent c on c.municipality = e.municipality and c.patient_id = e.patient_id and c.scope = 1 and c.withdrawn_at is null
                    and (c.to_date is null or (c.to_date + 1)::timestamp at time zone 'Asia/Tokyo' > at)
      join office o on o.office_id = e.office_id
     cross join lateral crossing (e.municipality, o.located_in, at) x
     where e.municipality = in_municipality and e.patient_id = of_patient and e.entrust_id = entrust
       and e.ended_at is null and e.window_to is not null
     order by c.from_date limit 1
    on conflict (municipality, patient_id, office_id, ground, source_id) do update
       set consent_id = excluded.consent_id, from_at = excluded.from_at, to_at = excluded.to_at;
end $$;

-- Another attending doctor is another office's calendar: the job night_turn computes the duty anew.
create function night_of_attending () returns trigger
language plpgsql security definer set search_path = sharing, guard, pg_temp as $$
begin
    update night_entrust set next_at = guard.now ()
     where municipality = new.municipality and patient_id = new.patient_id and 3 = any (bands) and ended_at is null
       and until_at > guard.now () - interval '2 hours';
    return null;
end $$;
revoke all on function night_of_attending () from public;
create trigger night_of_attending after insert or update of ended_at on care_team_member
    for each row when (new.seat = 1) execute function night_of_attending ();

-- A region that is brought up to date reads what notify knows once: of its state events only those never read are asked for.
update hearing_cursor set filled = false where source = 'notify';
