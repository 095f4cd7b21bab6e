-- Who has a person's record open to them, also in another municipality, reads why it was opened without consent and what the review found;
-- officers see their own municipality's openings as before.  To change one is still the own municipality's.
drop policy own_municipality_only on break_glass;
create policy own_municipality_only on break_glass as restrictive for update to renkei_sharing
    using (municipality = (select guard.municipality ())) with check (municipality = (select guard.municipality ()));
create policy own_municipality_or_opened on break_glass as restrictive for select to renkei_sharing
    using (municipality = (select guard.municipality ())
           or exists (select from access a where a.municipality = break_glass.municipality and a.patient_id = break_glass.patient_id
                       and a.from_at <= (select guard.now ()) and (a.to_at is null or a.to_at > (select guard.now ())) offset 0));
