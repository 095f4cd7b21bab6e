-- Who was told last that the doctors of a person or their order changed, and whether each has read it (U-12).  A feed is its owner's; this
-- looks into others' for one kind of notice, for whoever the person's record is open to.
create index feed_doctors on feed (patient_id, at) where kind = 32;
create function doctors_told (of_patient uuid) returns table (person_id uuid, name text, at timestamptz, was_read boolean)
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    with seen as (select 1 from access a where a.patient_id = of_patient and a.municipality = any ((select guard.municipalities ())::text[])
                     and (a.office_id = (select guard.office ()) or a.person_id = (select guard.person ()))
                     and (a.until is null or a.until > (select guard.now ())) limit 1),
         last as (select distinct on (f.person_id) f.person_id, f.position, f.at from feed f
                   where f.patient_id = of_patient and f.kind = 32 and exists (select from seen) order by f.person_id, f.position desc)
    select l.person_id, coalesce ((select m.name from membership m where m.person_id = l.person_id order by m.roles <> 0 desc, m.version desc limit 1), ''),
           l.at, l.position <= coalesce ((select r.position from feed_reading r where r.person_id = l.person_id), 0)
      from last l order by 2, 1 limit 60
$$;
revoke all on function doctors_told (uuid) from public;
grant execute on function doctors_told (uuid) to renkei_notify;
