-- What residents may see of the facilities (A-13, A-15, A-16, S-30), said in one place: whatever is shown without a log-in, exported for
-- residents or given to other systems reads facility_public and facility_public_item and nothing else.

-- The mark that showing a facility to residents does not hinder coordination between professionals (guide, L294-298).  Given and taken back
-- by officers of the municipality that looks after the facility and by who acts for the region; rows stay.
create table facility_review (
    entry bigint generated always as identity,
    facility_id uuid not null references facility (facility_id),
    keeper text,                                        -- municipality that looks after the facility
    marked_by uuid not null,
    marked_at timestamptz not null,
    taken_by uuid,
    taken_at timestamptz check (taken_at >= marked_at), -- NULL: holds
    why text,                                           -- it was taken back
    recorded_at timestamptz not null default now (),
    primary key (facility_id, entry),
    check ((taken_by is null) = (taken_at is null))
);
create unique index facility_review_holds on facility_review (facility_id) where taken_at is null;
grant select, insert, update (taken_by, taken_at, why) on facility_review to renkei_:service;
grant select on facility_review to renkei_:service_engine;

alter table facility_review enable row level security;
alter table facility_review force row level security;
create policy keepers on facility_review to renkei_:service
    using (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ()))
    with check (keeper = (select (facility_reader ()).keeper) or (select acts_for_region ()));
create policy everybody on facility_review for select to renkei_:service, renkei_:service_engine using (taken_at is null);

create or replace function facility_keeper_moved () returns trigger
language plpgsql security definer set search_path = registry, guard, pg_temp as $$
begin
    update facility_item set keeper = new.municipality where facility_id = new.facility_id;
    update facility_consent set keeper = new.municipality where facility_id = new.facility_id;
    update facility_review set keeper = new.municipality where facility_id = new.facility_id;
    return null;
end $$;

-- Marked, and in the newest source.  Published rows are open to everybody, so this view needs nobody's rights but the reader's.  No FAX, no
-- e-mail, nobody's name; search, sort_key and grams are made from name and kana only.
create view facility_public with (security_invoker = true) as
    select f.facility_id, f.number, f.service, f.located_in, f.municipality, f.name, f.name_kana, f.address, f.building, f.phone,
           f.phone_doubtful, f.url, f.latitude, f.longitude, f.search, f.sort_key, f.grams
      from facility f
     where f.not_in_latest is null
       and exists (select from facility_review r where r.facility_id = f.facility_id and r.taken_at is null);
grant select on facility_public to renkei_:service, renkei_:service_engine;

-- What such a facility lets residents know, of the items that may be shown to residents at all: those of table 1 as numbered today; an item
-- added later is not shown until it is named here.  With its owner's rights, because nobody who asks here need be known; the barrier keeps
-- what is filtered out from every condition of the asker's.
create view facility_public_item with (security_barrier = true) as
    select i.facility_id, i.item, i.notified, i.answer, i.performed, i.text, i.source, i.source_date, i.changed_at, i.confirmed_at
      from facility_item i
     where i.until_at is null and i.shown_to & 4 <> 0 and i.item between 1 and 18
       and exists (select from facility_public p where p.facility_id = i.facility_id);
grant select on facility_public_item to renkei_:service, renkei_:service_engine;
