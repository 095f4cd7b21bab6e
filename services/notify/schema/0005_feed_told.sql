-- A notice says with its positions what its bell carries: who caused it, by name, and of which incarnation the positions are.  So a gateway
-- that is up to date need not ask (docs/decisions/0007).
drop function feed_add (uuid[], smallint, timestamptz, boolean, uuid, uuid, smallint, bigint, uuid);

-- One notice into each person's feed: heads are locked in ascending order, positions have no gaps.
create function feed_add (people uuid[], is_kind smallint, at timestamptz, is_urgent boolean, of_patient uuid, of_alert uuid,
                          of_section smallint, of_version bigint, by_person uuid)
returns table (person_id uuid, head bigint, by_name text, incarnation integer)
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
    select r.person_id, r.position, (select m.name from membership m where m.person_id = feed_add.by_person order by m.version desc limit 1),
           (select max (i.number) from guard.incarnation i)
      from raised r;
end $$;
revoke all on function feed_add (uuid[], smallint, timestamptz, boolean, uuid, uuid, smallint, bigint, uuid) from public;
grant execute on function feed_add (uuid[], smallint, timestamptz, boolean, uuid, uuid, smallint, bigint, uuid)
    to renkei_notify, renkei_notify_engine;
