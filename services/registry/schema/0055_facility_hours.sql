-- Hours of a facility taken apart: when it is open, when its doctors can be met (A-04, A-21, A-34).  Where they come from, since when and whom
-- they are shown to stands in the item they belong to (17 hours, 19 meeting, 20 conference); it says the same in words.  They hold together:
-- an item that is written in other words, or is not known any more, ends the hours taken apart.

create table facility_hours (
    entry bigint generated always as identity,
    facility_id uuid not null references facility (facility_id),
    purpose smallint not null check (purpose between 1 and 3),
    since timestamptz not null,
    until_at timestamptz check (until_at >= since),     -- NULL: holds
    slots integer[] not null check (cardinality (slots) % 4 = 0),
                                                        -- four numbers each: day (8: holiday), weeks (bit n - 1), from, to; to 0: not known when
    closed smallint not null check (closed between 0 and 255),                 -- days said to be closed, bit day - 1
    as_weekdays boolean not null,                       -- a holiday is like any other such weekday
    year_end smallint check (year_end in (1, 2)),       -- 12/29 to 1/3: closed, as usual; NULL: not said
    closed_words text,                                  -- other days off as they were written
    raw text,                                           -- all of it as the source has it
    words text not null,                                -- as the item says it
    said bigint not null,                               -- kinds of day of which something is said: opening_hours.h
    shown_to smallint not null check (shown_to between 0 and 7),
    keeper text,
    set_by uuid not null,
    recorded_at timestamptz not null default now (),
    primary key (facility_id, entry)
);
create unique index facility_hours_holds on facility_hours (facility_id, purpose) where until_at is null;
grant select, insert, update (until_at) on facility_hours to renkei_:service, renkei_:service_engine;

-- What holds for service, cut so that an index finds who is open (opening_pieces).
create table facility_open (
    facility_id uuid not null references facility (facility_id),
    kind smallint not null check (kind between 1 and 14),                      -- weekday, 8 … 14: holiday on it
    part smallint not null check (part between 1 and 5),                       -- of the day
    weeks smallint not null,
    from_minute smallint not null,
    to_minute smallint not null,
    timed boolean not null,                             -- false: open on that day, not known when
    year_end smallint not null,                         -- 0: not said
    shown_to smallint not null,
    keeper text
);
create index facility_open_of on facility_open (facility_id, kind, part);
create index facility_open_when on facility_open (kind, part, to_minute, from_minute);
grant select, insert, delete on facility_open to renkei_:service, renkei_:service_engine;

-- As facility_item.
alter table facility_hours enable row level security;
alter table facility_hours force row level security;
create policy keepers on facility_hours to renkei_:service
    using (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)))
    with check (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)));
create policy audience on facility_hours for select to renkei_:service using (shown_to & (select (facility_reader ()).audience) <> 0);
create policy present on facility_hours as restrictive for select to renkei_:service
    using (until_at is null or keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)));
create policy engine on facility_hours to renkei_:service_engine using (true) with check (true);

alter table facility_open enable row level security;
alter table facility_open force row level security;
create policy keepers on facility_open to renkei_:service
    using (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)))
    with check (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
           or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)));
create policy audience on facility_open for select to renkei_:service using (shown_to & (select (facility_reader ()).audience) <> 0);
create policy engine on facility_open to renkei_:service_engine using (true) with check (true);

-- Imports write the item of the hours, too, and ask what the facility allows.
create policy hours_engine on facility_item to renkei_:service_engine using (item = 17) with check (item = 17);
create policy hours_engine on facility_consent for select to renkei_:service_engine using (item = 17);
grant select, insert, update (until_at) on facility_item to renkei_:service_engine;
grant select on facility_consent to renkei_:service_engine;

create function facility_hours_item (purpose smallint) returns smallint
language sql immutable as $$ select (case purpose when 1 then 17 when 2 then 19 else 20 end)::smallint $$;
create function facility_hours_purpose (item smallint) returns smallint
language sql immutable as $$ select (case item when 17 then 1 when 19 then 2 else 3 end)::smallint $$;
grant execute on function facility_hours_item (smallint), facility_hours_purpose (smallint) to renkei_:service, renkei_:service_engine;

-- Hours and their item, ended and begun; words '': not known any more.  pieces: seven numbers each.  True when something changed.  What is
-- published does not replace what the facility, a survey or a body said; published again as it was changes nothing, whatever its day.
create function facility_hours_put (facility uuid, wanted smallint, fresh_slots integer[], fresh_closed smallint, fresh_weekdays boolean,
    fresh_year_end smallint, fresh_closed_words text, fresh_raw text, fresh_words text, fresh_said bigint, pieces integer[],
    fresh_source smallint, fresh_date date, at timestamptz, by_person uuid) returns boolean
language plpgsql as $$
declare
    item_of smallint := facility_hours_item (wanted);
    kept text;
    old facility_item;
    held facility_hours;
    same boolean;
    shown smallint;
begin
    select f.municipality into kept from facility f where f.facility_id = facility;
    if not found then
        return false;
    end if;
    select * into old from facility_item i
     where i.facility_id = facility and i.item = item_of and not i.notified and i.until_at is null;
    if fresh_source = 1 and old.source <> 1 then
        return false;
    end if;
    select * into held from facility_hours h where h.facility_id = facility and h.purpose = wanted and h.until_at is null;
    same := held.facility_id is not null and old.facility_id is not null and held.words = fresh_words
        and (held.slots, held.closed, held.as_weekdays, held.year_end, held.closed_words, held.raw)
            is not distinct from (fresh_slots, fresh_closed, fresh_weekdays, fresh_year_end, fresh_closed_words, fresh_raw);
    if (same and old.source = fresh_source and (fresh_source = 1 or old.source_date is not distinct from fresh_date))
       or (fresh_words = '' and old.facility_id is null) then
        return false;
    end if;
    update facility_item i set until_at = at
     where i.facility_id = facility and i.item = item_of and not i.notified and i.until_at is null;
    if not same then
        update facility_hours h set until_at = at where h.facility_id = facility and h.purpose = wanted and h.until_at is null;
        if wanted = 1 then
            delete from facility_open o where o.facility_id = facility;
        end if;
    end if;
    if fresh_words = '' then
        return true;
    end if;
    shown := (case fresh_source when 1 then 3 else 0 end) | coalesce ((select c.audiences from facility_consent c
        where c.facility_id = facility and c.item = item_of and c.until_at is null), 0);
    if not same then
        insert into facility_hours (facility_id, purpose, since, slots, closed, as_weekdays, year_end, closed_words, raw, words, said,
                                    shown_to, keeper, set_by)
        values (facility, wanted, at, fresh_slots, fresh_closed, fresh_weekdays, fresh_year_end, fresh_closed_words, fresh_raw, fresh_words,
                fresh_said, shown, kept, by_person);
    end if;
    if not same and wanted = 1 then
        insert into facility_open (facility_id, kind, part, weeks, from_minute, to_minute, timed, year_end, shown_to, keeper)
        select facility, pieces[n], pieces[n + 1], pieces[n + 2], pieces[n + 3], pieces[n + 4], pieces[n + 5] = 1, pieces[n + 6], shown, kept
          from generate_series (1, cardinality (pieces), 7) n;
    end if;
    insert into facility_item (facility_id, item, notified, since, answer, performed, text, source, source_date, changed_at, confirmed_at,
                               shown_to, keeper, set_by)
    values (facility, item_of, false, at, 1, null, fresh_words, fresh_source, fresh_date,
            case when same or old.text = fresh_words then old.changed_at else at end, old.confirmed_at, shown, kept, by_person);
    return true;
end $$;
revoke all on function facility_hours_put from public;
grant execute on function facility_hours_put to renkei_:service, renkei_:service_engine;

-- At COMMIT: hours go with their item.  Other words end them; whom the item is shown to, they are shown to.
create function facility_hours_follow () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
declare
    wanted smallint := facility_hours_purpose (new.item);
    holds facility_item;
begin
    select * into holds from facility_item i
     where i.facility_id = new.facility_id and i.item = new.item and not i.notified and i.until_at is null;
    update facility_hours h set until_at = greatest (h.since, coalesce (new.until_at, new.since))
     where h.facility_id = new.facility_id and h.purpose = wanted and h.until_at is null
       and (holds.facility_id is null or h.words is distinct from holds.text);
    if found and wanted = 1 then
        delete from facility_open o where o.facility_id = new.facility_id;
    end if;
    update facility_hours h set shown_to = holds.shown_to
     where h.facility_id = new.facility_id and h.purpose = wanted and h.until_at is null and h.shown_to <> holds.shown_to;
    if found and wanted = 1 then
        update facility_open o set shown_to = holds.shown_to where o.facility_id = new.facility_id;
    end if;
    return null;
end $$;
revoke all on function facility_hours_follow () from public;
create constraint trigger hours_follow after insert or update on facility_item deferrable initially deferred
    for each row when (new.item in (17, 19, 20)) execute function facility_hours_follow ();

create function facility_hours_moved () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
begin
    update facility_hours set keeper = new.municipality where facility_id = new.facility_id;
    update facility_open set keeper = new.municipality where facility_id = new.facility_id;
    return null;
end $$;
revoke all on function facility_hours_moved () from public;
create trigger hours_moved after update of municipality on facility
    for each row when (old.municipality is distinct from new.municipality) execute function facility_hours_moved ();
