-- Row-level security of notify, and the few functions that look or write across people.

-- ---- R1: own municipalities; R2: opened to the reader's office or person --------------------------------------------------------------

-- "offset 0" keeps the planner from hashing all of access for one row (sharing, 0003_access.sql).
do $$
declare
    name text;
    in_force constant text := '(a.office_id = (select guard.office ()) or a.person_id = (select guard.person ()))
        and (a.until is null or a.until > (select guard.now ()))';
    opened constant text := 'exists (select from access a
        where a.municipality = %1$I.municipality and a.patient_id = %1$I.patient_id and ' || in_force || ' offset 0)';
    -- A doctor of another municipality who was asked sees that alert and nothing else.
    own_or_asked constant text := 'municipality = any ((select guard.municipalities ())::text[])
        or exists (select from access a where a.alert_id = %1$I.alert_id and a.person_id = (select guard.person ()) offset 0)';
    of_alert constant text := 'exists (select from alert x where x.municipality = %1$I.municipality and x.alert_id = %1$I.alert_id offset 0)';
begin
    foreach name in array array['access', 'patient', 'team_seat', 'consent', 'chain', 'chain_row', 'alert', 'alert_try', 'alert_line',
                                'delivery'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy engine on %I to renkei_notify_engine using (true) with check (true)', name);
        execute format ('create policy service on %I to renkei_notify using (true) with check (true)', name);
    end loop;
    foreach name in array array['patient', 'team_seat', 'consent', 'chain', 'chain_row'] loop
        execute format ('create policy own_municipalities on %I as restrictive to renkei_notify
            using (municipality = any ((select guard.municipalities ())::text[]))
            with check (municipality = any ((select guard.municipalities ())::text[]))', name);
        execute format ('create policy opened on %I as restrictive for select to renkei_notify using (' || opened || ')', name);
    end loop;
    execute format ('create policy own_municipalities on %1$I as restrictive to renkei_notify using (' || own_or_asked || ')
        with check (' || own_or_asked || ')', 'alert');
    execute format ('create policy opened on %1$I as restrictive for select to renkei_notify using (exists (select from access a
        where a.municipality = %1$I.municipality and a.patient_id = %1$I.patient_id and (a.alert_id is null or a.alert_id = %1$I.alert_id)
        and ' || in_force || ' offset 0))', 'alert');
    foreach name in array array['alert_try', 'alert_line'] loop
        execute format ('create policy of_alert on %I as restrictive to renkei_notify using (' || of_alert || ')
            with check (' || of_alert || ')', name);
    end loop;
end $$;

-- Own rows of access, in force or not; rows are added for others in the own municipalities.
create policy own_rows on access as restrictive for select to renkei_notify
    using (office_id = (select guard.office ()) or person_id = (select guard.person ()));
create policy own_municipalities on access as restrictive for insert to renkei_notify
    with check (municipality = any ((select guard.municipalities ())::text[]));
-- Messages to the outside name nobody; administrators read them without seeing an alert.
create policy own_municipalities on delivery as restrictive to renkei_notify
    using (municipality = any ((select guard.municipalities ())::text[])
           or exists (select from alert x where x.municipality = delivery.municipality and x.alert_id = delivery.alert_id))
    with check (municipality = any ((select guard.municipalities ())::text[])
           or exists (select from alert x where x.municipality = delivery.municipality and x.alert_id = delivery.alert_id));

-- A feed belongs to one person.
alter table feed enable row level security;
alter table feed force row level security;
create policy own_feed on feed for select to renkei_notify using (person_id = (select guard.person ()));
create policy engine on feed to renkei_notify_engine using (true) with check (true);
alter table feed_reading enable row level security;
alter table feed_reading force row level security;
create policy own_reading on feed_reading to renkei_notify
    using (person_id = (select guard.person ())) with check (person_id = (select guard.person ()));
create policy engine on feed_reading to renkei_notify_engine using (true) with check (true);

grant select, insert on access to renkei_notify;
grant select, insert, update on alert to renkei_notify;
grant select, insert, update, delete on alert_try to renkei_notify;
grant select, insert on alert_line to renkei_notify;
grant select on feed, feed_head to renkei_notify;
grant select, insert, update on feed_reading to renkei_notify;
grant select (subscription_id, located_in, name, url, enabled), insert, update on subscription to renkei_notify;
grant select, insert, update on delivery to renkei_notify;
grant select on outbound to renkei_notify;

grant select, insert, update, delete on access to renkei_notify_engine;
grant select, update on alert to renkei_notify_engine;
grant select, insert, update, delete on alert_try to renkei_notify_engine;
grant select, insert on alert_line to renkei_notify_engine;
grant select, insert, update on feed, feed_head to renkei_notify_engine;
grant select on subscription to renkei_notify_engine;
grant select, insert, update on delivery to renkei_notify_engine;
grant select, update on outbound to renkei_notify_engine;

-- ---- functions ------------------------------------------------------------------------------------------------------------------------

-- Who is open to whom, from seats and consents as they stand.  of_patient NULL: everybody of the municipality.
create function access_refresh (in_municipality text, of_patient uuid) returns void
language plpgsql security definer set search_path = notify, guard, pg_temp as $$
begin
    delete from access a where a.municipality = in_municipality and (of_patient is null or a.patient_id = of_patient)
                           and a.ground in ('team', 'last_resort');
    insert into access (municipality, patient_id, office_id, ground)
    select distinct s.municipality, s.patient_id, s.office_id, 'team'
      from team_seat s join consent c using (municipality, patient_id)
     where s.municipality = in_municipality and (of_patient is null or s.patient_id = of_patient) and 1 = any (c.scopes)
    union all
    select c.municipality, c.patient_id, l.office_id, 'last_resort'
      from consent c join last_resort l on l.located_in = c.municipality
     where c.municipality = in_municipality and (of_patient is null or c.patient_id = of_patient) and 5 = any (c.scopes);
end $$;
revoke all on function access_refresh (text, uuid) from public;
grant execute on function access_refresh (text, uuid) to renkei_notify, renkei_notify_engine;

-- How the acting person stands to somebody; no row: unknown, or of a municipality that is not open.  An alarm may be raised by a colleague
-- from an office of the team, and by the last resort, even where the record itself is not open to them.
create function standing_to (of_patient uuid)
returns table (municipality text, in_team boolean, in_office boolean, attends boolean, manages boolean, is_last_resort boolean)
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select p.municipality,
           exists (select from team_seat s where s.patient_id = p.patient_id and s.person_id = guard.person ()),
           exists (select from team_seat s where s.patient_id = p.patient_id and s.office_id = guard.office ()),
           exists (select from team_seat s where s.patient_id = p.patient_id and s.person_id = guard.person () and s.seat in (1, 2)),
           exists (select from team_seat s where s.patient_id = p.patient_id and s.person_id = guard.person () and s.seat = 3),
           exists (select from last_resort l where l.located_in = p.municipality and l.office_id = guard.office ())
      from patient p
     where p.patient_id = of_patient and p.municipality = any (guard.municipalities ())
$$;
revoke all on function standing_to (uuid) from public;
grant execute on function standing_to (uuid) to renkei_notify;

-- Sources whose projections are still filling.
create function filling () returns text[]
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select coalesce (array_agg (s order by s), '{}') from unnest (array['registry', 'sharing']) s
     where not exists (select from hearing_cursor c where c.source = s and c.filled)
$$;
revoke all on function filling () from public;
grant execute on function filling () to renkei_notify;

-- Every writer of alerts and feeds of several people takes this first, so that none waits for another in a circle.
create function alert_turn () returns void language sql volatile as $$ select pg_advisory_xact_lock (7225145) $$;

-- One notice into each person's feed: heads are locked in ascending order, positions have no gaps.  plpgsql keeps its plan; an SQL
-- function of this kind is planned again at every call, which took most of the time of a notice.
create function feed_add (people uuid[], is_kind smallint, at timestamptz, is_urgent boolean, of_patient uuid, of_alert uuid,
                          of_section smallint, of_version bigint, by_person uuid)
returns table (person_id uuid, head bigint)
language plpgsql volatile security definer set search_path = notify, guard, pg_temp as $$
#variable_conflict use_column
begin
    perform pg_advisory_xact_lock (7225145);            -- alert_turn ()
    return query
    with raised as (
        insert into feed_head as h (person_id, position)
        select p, 1 from (select distinct p from unnest (people) p order by p) ordered
        on conflict on constraint feed_head_pkey do update set position = h.position + 1
        returning h.person_id, h.position
    ), added as (
        insert into feed (person_id, position, kind, at, urgent, patient_id, alert_id, section, version, by_person)
        select r.person_id, r.position, is_kind, feed_add.at, is_urgent, of_patient, of_alert, of_section, of_version, feed_add.by_person
          from raised r
    )
    select r.person_id, r.position from raised r;
end $$;
revoke all on function feed_add (uuid[], smallint, timestamptz, boolean, uuid, uuid, smallint, bigint, uuid) from public;
grant execute on function feed_add (uuid[], smallint, timestamptz, boolean, uuid, uuid, smallint, bigint, uuid)
    to renkei_notify, renkei_notify_engine;

-- Everybody who takes part in an alert: reporter, who was asked (of an asked office or desk: its staff on call), and the care team as far
-- as the person consented to sharing, else the reporter's colleagues in it.  12297: roles visiting_nurse, doctor, hospital_night_desk,
-- last_resort.
create function alert_circle (of_alert uuid) returns setof uuid
language sql stable security definer set search_path = notify, guard, pg_temp as $$
    select a.reported_by from alert a where a.alert_id = of_alert
    union
    select t.person_id from alert_try t where t.alert_id = of_alert and t.person_id is not null and t.asked_at is not null
    union
    select m.person_id from alert_try t join membership m on m.office_id = t.office_id and m.roles & 12297 <> 0
     where t.alert_id = of_alert and t.person_id is null and t.asked_at is not null
    union
    select s.person_id from alert a join team_seat s using (municipality, patient_id)
     where a.alert_id = of_alert
       and (s.office_id = a.reporter_office
            or exists (select from consent c where c.municipality = a.municipality and c.patient_id = a.patient_id and 1 = any (c.scopes)))
$$;
revoke all on function alert_circle (uuid) from public;
grant execute on function alert_circle (uuid) to renkei_notify, renkei_notify_engine;

-- News of connected people for the live streams: no patient's name leaves here.
create function feed_news (people uuid[], after bigint[], incarnations bigint[], most integer)
returns table (person_id uuid, head bigint, after_position bigint, item_position bigint, kind smallint, at timestamptz, urgent boolean,
               patient_id uuid, alert_id uuid, section smallint, version bigint, by_person uuid, by_name text)
language plpgsql stable security definer set search_path = notify, guard, pg_temp as $$
#variable_conflict use_column
begin
    return query
    select w.p, h.position, w.a, f.position, f.kind, f.at, f.urgent, f.patient_id, f.alert_id, f.section, f.version, f.by_person,
           (select m.name from membership m where m.person_id = f.by_person order by m.version desc limit 1)
      from unnest (people, after, incarnations) as w (p, a, i)
      join feed_head h on h.person_id = w.p
       and (h.position <> w.a or w.i <> (select max (number) from guard.incarnation))
      left join lateral (select * from feed g where g.person_id = w.p and g.position > w.a and g.position <= w.a + most
                          order by g.position) f on true
     order by w.p, f.position;
end $$;
revoke all on function feed_news (uuid[], bigint[], bigint[], integer) from public;
grant execute on function feed_news (uuid[], bigint[], bigint[], integer) to renkei_notify, renkei_notify_engine;

-- After a restore: nothing leaves until a person confirms.  Called by the operator's tool; also found out by the sender when the cluster
-- is another one than the released one.
create function outbound_hold () returns void language sql volatile security definer set search_path = notify, guard, pg_temp as $$
    update outbound set held = true, held_at = guard.now () where not held
$$;
revoke all on function outbound_hold () from public;
grant execute on function outbound_hold () to renkei_notify_engine;

create function outbound_may_leave () returns boolean
language plpgsql volatile security definer set search_path = notify, guard, pg_temp as $$
declare
    here bigint := (select s.system_identifier from pg_control_system () s);
    row outbound;
begin
    select * into row from outbound;
    if not row.held and row.system_identifier <> here then
        update outbound set held = true, held_at = guard.now ();
        return false;
    end if;
    return not row.held;
end $$;
revoke all on function outbound_may_leave () from public;
grant execute on function outbound_may_leave () to renkei_notify_engine;

create function outbound_let_go (by uuid) returns void
language sql volatile security definer set search_path = notify, guard, pg_temp as $$
    update outbound set held = false, released_by = by, released_at = guard.now (),
                        system_identifier = (select s.system_identifier from pg_control_system () s)
$$;
revoke all on function outbound_let_go (uuid) from public;
grant execute on function outbound_let_go (uuid) to renkei_notify;
