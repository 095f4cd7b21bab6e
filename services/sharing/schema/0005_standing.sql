-- How the acting person's office stands to one patient, in one call: what every reading and every change of a record asks first.
--
-- Row-level security stays where the rows are found (patient); here it would be asked three times more about the same patient: 190 µs
-- instead of 90 (docs/decisions/0007).  Nothing is taken on trust: office and person come from the signed context, and only the
-- grounds of that office, the seat of that person and the number of the others leave.
create function standing_of (in_municipality text, of_patient uuid, at timestamptz, out grounds integer, out seat boolean, out others bigint)
language plpgsql stable security definer set search_path = sharing, guard, pg_temp as $$
declare
    parts constant text[] := guard.verified ();
    who constant uuid := nullif (parts[2], '');
    here constant uuid := nullif (parts[3], '');
begin
    if not in_municipality = any (string_to_array (parts[5], ',')) then
        return;
    end if;
    select coalesce (bit_or (1 << a.ground), 0) into grounds from access a
     where a.office_id = here and a.municipality = in_municipality and a.patient_id = of_patient
       and a.from_at <= at and (a.to_at is null or a.to_at > at);
    if grounds = 0 then
        return;
    end if;
    select coalesce (bool_or (m.person_id = who and m.office_id = here), false), count (distinct m.person_id) filter (where m.person_id <> who)
      into seat, others from care_team_member m
     where m.municipality = in_municipality and m.patient_id = of_patient and m.ended_at is null;
end $$;
revoke all on function standing_of (text, uuid, timestamptz) from public;
grant execute on function standing_of (text, uuid, timestamptz) to renkei_sharing;
