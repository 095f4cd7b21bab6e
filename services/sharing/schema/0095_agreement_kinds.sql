-- An agreement may be about other data than people's records (KU-08): then it opens none.  Which professions it opens them to is in the
-- signed context already (registry.session_actor): another profession has no part in that municipality.
alter table agreement add column records boolean not null default true;

create or replace function crossing (giver text, receiver text, at timestamptz, out from_at timestamptz, out to_at timestamptz)
returns setof record
language sql stable set search_path = sharing, guard, pg_temp as $$
    select '-infinity'::timestamptz, null::timestamptz where giver = receiver
    union all
    select min (b.from_date)::timestamp at time zone 'Asia/Tokyo',
           case when bool_and (b.to_date is not null) then (max (b.to_date) + 1)::timestamp at time zone 'Asia/Tokyo' end
      from (select g.from_date, g.to_date, count (*) filter (where g.gap) over (order by g.from_date, g.agreement_id) as gaps
              from (select a.agreement_id, a.from_date, a.to_date,
                           a.from_date > max (coalesce (a.to_date, 'infinity')) over (order by a.from_date, a.agreement_id
                                                                   rows between unbounded preceding and 1 preceding) + 1 as gap
                      from agreement a
                     where a.giving = giver and a.receiving = receiver and giver <> receiver and a.records
                       and (a.to_date is null or (a.to_date + 1)::timestamp at time zone 'Asia/Tokyo' > at)) g) b
     where b.gaps = 0
    having count (*) > 0
$$;
