-- What the published row of a facility said before (A-30).  Items and consents keep their own history; the row itself is written over by
-- imports, so what it said is kept here when it changes: only the fields that changed, as they were.  At most 200 changes a facility, the
-- oldest go.

create table facility_past (
    facility_id uuid not null references facility (facility_id),
    entry bigint generated always as identity,
    until_at timestamptz not null,                      -- it said so until then
    before jsonb not null,                              -- field: value; null: nothing was said
    source text,                                        -- where the new values came from
    source_date text,
    recorded_at timestamptz not null default now (),
    primary key (facility_id, entry)
);
alter table facility_past enable row level security;
alter table facility_past force row level security;
create policy everybody on facility_past for select to renkei_:service using (true);
grant select on facility_past to renkei_:service;

create function facility_fields () returns text[] immutable language sql as $$
    select '{name,name_kana,address,building,latitude,longitude,phone,fax,corporation_number,corporation_name,days,days_note,capacity,url,email,'
           'shared_service,located_in,municipality,not_in_latest}'::text[]
$$;

create function facility_keeps_past () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
declare
    changed jsonb;
begin
    select jsonb_object_agg (o.key, o.value) into changed
      from jsonb_each (to_jsonb (old)) o join jsonb_each (to_jsonb (new)) n using (key)
     where o.value is distinct from n.value and o.key = any (facility_fields ());
    if changed is null then
        return null;
    end if;
    insert into facility_past (facility_id, until_at, before, source, source_date)
    values (new.facility_id, guard.now (), changed, new.provenance -> '*' ->> 'source', new.provenance -> '*' ->> 'source_date');
    delete from facility_past p where p.facility_id = new.facility_id
       and p.entry <= (select q.entry from facility_past q where q.facility_id = new.facility_id order by q.entry desc offset 200 limit 1);
    return null;
end $$;
revoke all on function facility_keeps_past () from public;
revoke all on function facility_fields () from public;
grant execute on function facility_fields () to renkei_:service;
create trigger keeps_past after update on facility for each row
    when ((old.content, old.municipality, old.not_in_latest) is distinct from (new.content, new.municipality, new.not_in_latest))
    execute function facility_keeps_past ();
