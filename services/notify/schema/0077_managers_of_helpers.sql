-- A home helper's report is told to the service manager of the helper's office (サービス提供責任者), who answers for the visit (practice.md).
-- Otherwise the circle is that of 0071_kept_plans.sql.
create or replace function alert_circle (of_alert uuid) returns setof uuid
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
declare
    a record;
begin
    select x.municipality, x.patient_id, x.reported_by, x.reporter_office,
           coalesce ((select 1 = any (c.scopes) from consent c where c.municipality = x.municipality and c.patient_id = x.patient_id), false)
               as consented
      into a from alert x where x.alert_id = of_alert;
    return query
    select a.reported_by where a.reported_by is not null
    union
    select e.reported_by from alert_entry e where e.municipality = a.municipality and e.alert_id = of_alert and e.reported_by is not null
    union
    select t.person_id from alert_try t
     where t.municipality = a.municipality and t.alert_id = of_alert and t.person_id is not null and t.asked_at is not null
    union
    select m.person_id from alert_try t join membership m on m.office_id = t.office_id and m.roles & 12297 <> 0
     where t.municipality = a.municipality and t.alert_id = of_alert and t.person_id is null and t.asked_at is not null
    union
    select s.person_id from team_seat s
     where s.municipality = a.municipality and s.patient_id = a.patient_id and (a.consented or s.office_id = a.reporter_office)
    union
    select m.person_id from (select a.reported_by as person_id
                              union select e.reported_by from alert_entry e
                                     where e.municipality = a.municipality and e.alert_id = of_alert and e.reported_by is not null) r
      join membership h on h.person_id = r.person_id and h.roles & 2 <> 0
      join membership m on m.office_id = h.office_id and m.roles & 512 <> 0
     where h.office_id = a.reporter_office
        or (a.consented and exists (select from team_seat s where s.municipality = a.municipality and s.patient_id = a.patient_id
                                                              and s.office_id = h.office_id));
end $$;
