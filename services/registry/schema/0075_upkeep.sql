-- Keeping records current (A-22 ... A-25) and asking facilities what is not known (A-09 ... A-12, A-32).
--
-- Both ask by a letter: one facility, a link or a paper form with a return code, one answer.  A link's token is proven by a key outside the
-- database (link_token.h): nothing secret lies here.  keeper: the municipality that looks after the facility and asks.

create table upkeep_setting (
    keeper text primary key,
    months smallint not null check (months between 1 and 60),
    review_items smallint[] not null,                   -- what a facility says of these waits for approval
    set_by uuid not null,
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);
grant select, insert, update on upkeep_setting to renkei_:service;
grant select on upkeep_setting to renkei_:service_engine;

-- Since when a facility's record counts as current: the oldest confirmation of what holds, or of what was never confirmed the writing.
-- Kept by the trigger, for every way of writing items.
create table facility_upkeep (
    facility_id uuid primary key references facility (facility_id),
    counted_from timestamptz not null
) with (fillfactor = 70);
create index facility_upkeep_oldest on facility_upkeep (counted_from);
grant select on facility_upkeep to renkei_:service, renkei_:service_engine;

create function facility_upkeep_counted () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
begin
    insert into facility_upkeep as u (facility_id, counted_from)
        select i.facility_id, min (coalesce (i.confirmed_at, i.changed_at)) from facility_item i
         where i.until_at is null and i.facility_id in (select n.facility_id from fresh n) group by i.facility_id
        on conflict (facility_id) do update set counted_from = excluded.counted_from where u.counted_from <> excluded.counted_from;
    return null;
end $$;
revoke all on function facility_upkeep_counted () from public;
create trigger upkeep_counted after insert on facility_item referencing new table as fresh
    for each statement execute function facility_upkeep_counted ();
insert into facility_upkeep (facility_id, counted_from)
    select facility_id, min (coalesce (confirmed_at, changed_at)) from facility_item where until_at is null group by facility_id;

-- 要確認: what is known of it was not confirmed in time.  Everybody may know that; of a facility nobody looks after nobody is asked.
create function facility_confirmation_due (of_facility uuid) returns boolean
language sql stable as $$
    select exists (select from facility_upkeep u join facility f on f.facility_id = u.facility_id
                     left join upkeep_setting s on s.keeper = f.municipality
                    where u.facility_id = of_facility and f.municipality is not null
                      and u.counted_from + coalesce (s.months, 12) * interval '1 month' <= guard.now ())
$$;

create table survey (
    survey_id uuid primary key,
    keeper text not null,
    title text not null,
    intro text not null,
    kinds smallint not null,                            -- bit facility_kind - 1
    items bigint not null,                              -- bit facility_item - 1
    facilities uuid[] not null,                         -- empty: every one of the kinds
    due_on date not null,
    opened_at timestamptz,
    set_by uuid not null,
    set_at timestamptz not null,
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);
grant select, insert, update on survey to renkei_:service;
grant select on survey to renkei_:service_engine;

create table survey_consultation (
    entry bigint generated always as identity,
    survey_id uuid not null references survey (survey_id),
    body text not null,
    held_on date not null,
    remark text not null,
    set_by uuid not null,
    recorded_at timestamptz not null default now (),
    primary key (survey_id, entry)
);
grant select, insert on survey_consultation to renkei_:service;

create table facility_letter (
    letter_id uuid primary key,
    facility_id uuid not null references facility (facility_id),
    keeper text not null,
    survey_id uuid references survey (survey_id),       -- NULL: the regular confirmation
    code text not null unique,                          -- on the paper form; random, of use only to who keeps the record
    made_at timestamptz not null,
    ask_at timestamptz,                                 -- when it goes out by e-mail next; NULL: not by itself
    asked_at timestamptz,
    asked integer not null default 0,
    valid_until timestamptz not null,
    answered_at timestamptz,
    way smallint check (way between 1 and 3),           -- letter_way of the answer
    answered_by text,
    set_by uuid,                                        -- who typed or confirmed it; NULL: by the link
    recorded_at timestamptz not null default now (),
    unique (survey_id, facility_id)
) with (fillfactor = 70);
create unique index facility_letter_confirmation on facility_letter (facility_id) where survey_id is null and answered_at is null;
create index facility_letter_due on facility_letter (ask_at) where ask_at is not null;
grant select, insert, update (ask_at, asked_at, asked, valid_until, answered_at, way, answered_by, set_by) on facility_letter
    to renkei_:service, renkei_:service_engine;

-- What a facility says of itself about items on the review list (A-24).
create table facility_item_waiting (
    entry bigint generated always as identity,
    facility_id uuid not null references facility (facility_id),
    item smallint not null check (item > 0),
    notified boolean not null,
    answer smallint check (answer in (1, 2)),           -- NULL: not known any more
    performed boolean,
    text text,
    source smallint not null check (source between 1 and 5),
    source_date date,
    keeper text,
    said_at timestamptz not null,
    set_by uuid not null,                               -- person, or the letter
    settled_at timestamptz,
    approved boolean,
    settled_by uuid,
    recorded_at timestamptz not null default now (),
    primary key (facility_id, entry)
) with (fillfactor = 70);
create unique index facility_item_waits on facility_item_waiting (facility_id, item, notified) where settled_at is null;
grant select, insert, update (settled_at, approved, settled_by) on facility_item_waiting to renkei_:service, renkei_:service_engine;

-- Who keeps the record, and the facility's own office, read and write; links run under the engine's role.
do $$
declare
    of_table text;
begin
    foreach of_table in array array['upkeep_setting', 'survey', 'survey_consultation', 'facility_letter', 'facility_item_waiting'] loop
        execute format ('alter table %I enable row level security', of_table);
        execute format ('alter table %I force row level security', of_table);
        execute format ('create policy engine on %I to renkei_:service_engine using (true) with check (true)', of_table);
    end loop;
    foreach of_table in array array['upkeep_setting', 'survey'] loop
        execute format ('create policy keepers on %I to renkei_:service
            using (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ()))
            with check (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ()))', of_table);
    end loop;
    foreach of_table in array array['facility_letter', 'facility_item_waiting'] loop
        execute format ('create policy keepers on %I to renkei_:service
            using (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
                   or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)))
            with check (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())
                   or facility_id in (select f.facility_id from facility f where f.number = (select (facility_reader ()).number)))', of_table);
    end loop;
end $$;
create policy everybody on upkeep_setting for select to renkei_:service using (true);
create policy keepers on survey_consultation to renkei_:service
    using (survey_id in (select s.survey_id from survey s)) with check (survey_id in (select s.survey_id from survey s));

-- An answer by link is written into the record like any other.
grant select, insert, update (until_at) on facility_item, facility_consent to renkei_:service_engine;
grant execute on function facility_reader () to renkei_:service_engine;
create policy letters on facility_item to renkei_:service_engine using (true) with check (true);
create policy letters on facility_consent to renkei_:service_engine using (true) with check (true);

-- Time spent with a record open for writing (A-25), added up; of no person.
create table upkeep_effort (
    keeper text not null,
    month date not null,
    by_facility boolean not null,
    seconds bigint not null,
    saves bigint not null,
    primary key (keeper, month, by_facility)
) with (fillfactor = 70);
grant select on upkeep_effort to renkei_:service;

create function upkeep_spent (of_facility uuid, of_month date, by_the_facility boolean, spent integer) returns void
language sql security definer set search_path = registry, guard, pg_temp as $$
    insert into upkeep_effort as e (keeper, month, by_facility, seconds, saves)
        select f.municipality, of_month, by_the_facility, least (greatest (coalesce (spent, 0), 0), 1800), 1 from facility f
         where f.facility_id = of_facility and f.municipality is not null
        on conflict (keeper, month, by_facility) do update set seconds = e.seconds + excluded.seconds, saves = e.saves + 1
$$;
revoke all on function upkeep_spent (uuid, date, boolean, integer) from public;
grant execute on function upkeep_spent (uuid, date, boolean, integer) to renkei_:service, renkei_:service_engine;

-- Another municipality looks after the facility from now on: what waits goes along; letters nobody has answered are the old keeper's and end.
create function upkeep_keeper_moved () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
begin
    update facility_item_waiting set keeper = new.municipality where facility_id = new.facility_id;
    delete from facility_letter where facility_id = new.facility_id and answered_at is null;
    return null;
end $$;
revoke all on function upkeep_keeper_moved () from public;
create trigger upkeep_keeper_moved after update of municipality on facility
    for each row when (old.municipality is distinct from new.municipality) execute function upkeep_keeper_moved ();
