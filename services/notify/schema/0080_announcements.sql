-- What the institutions of one or several municipalities are told (the scheme's outline U-22, a unified method KU-05), and which of them
-- have it.  Of places of work; nobody in care is named.  located_in: the municipality it comes from.
create table announcement (
    announcement_id uuid primary key,
    located_in text not null,
    kind smallint not null,
    title text not null,
    text text not null,
    sent_by uuid not null,
    sent_by_name text,
    from_office uuid not null,
    from_office_name text not null,
    sent_at timestamptz not null,
    recorded_at timestamptz not null default now ()
);
create index announcement_newest on announcement (located_in, sent_at desc);

-- One row for each institution, written with the announcement.  sent_from: the announcement's located_in.
create table announcement_office (
    announcement_id uuid not null references announcement,
    office_id uuid not null,
    sent_from text not null,
    located_in text not null,
    office text not null,
    kinds integer not null,                             -- bit (announcement_reader - 1); 0: unknown
    way smallint not null,                              -- announcement_way
    told_at timestamptz,                                -- NULL: to be told
    people integer not null default 0,
    reminders integer not null default 0,
    fax_delivery uuid,
    received_at timestamptz,
    received_by uuid,
    received_name text,
    delivered_on date,
    delivered_way smallint,
    recorded_by uuid,
    recorded_name text,
    recorded_at timestamptz not null default now (),
    primary key (announcement_id, office_id)
) with (fillfactor = 70);
create index announcement_of_office on announcement_office (office_id);
create index announcement_to_tell on announcement_office (announcement_id, office_id) where told_at is null and way <> 3;

-- The sender's municipality sees all of its own; an institution what it got, with its own row.
alter table announcement_office enable row level security;
alter table announcement_office force row level security;
create policy service on announcement_office to renkei_:service using (true) with check (true);
create policy sender_or_own on announcement_office as restrictive to renkei_:service
    using (sent_from = any ((select guard.municipalities ())::text[]) or office_id = (select guard.office ()))
    with check (sent_from = any ((select guard.municipalities ())::text[]) or office_id = (select guard.office ()));
create policy engine on announcement_office to renkei_:service_engine using (true) with check (true);
alter table announcement enable row level security;
alter table announcement force row level security;
create policy service on announcement to renkei_:service using (true) with check (true);
create policy sender_or_own on announcement as restrictive for select to renkei_:service
    using (located_in = any ((select guard.municipalities ())::text[])
           or exists (select from announcement_office o
                       where o.announcement_id = announcement.announcement_id and o.office_id = (select guard.office ())));
create policy sender on announcement as restrictive for insert to renkei_:service
    with check (located_in = any ((select guard.municipalities ())::text[]));
create policy engine on announcement for select to renkei_:service_engine using (true);

grant select, insert on announcement to renkei_:service;
grant select, insert on announcement_office to renkei_:service;
grant update (told_at, reminders, received_at, received_by, received_name, delivered_on, delivered_way, recorded_by, recorded_name)
    on announcement_office to renkei_:service;
grant select on announcement to renkei_:service_engine;
grant select, update on announcement_office to renkei_:service_engine;
