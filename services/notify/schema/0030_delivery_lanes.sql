-- Messages to the outside: lanes, attempts, what receipts tell, contacts that do not work.
--
-- lane: 0 asks about an E0, 1 asks otherwise, 2 codes and letters, 3 informs about emergencies, 4 other information and digests.
-- subject_id: about whom or what, opaque; what informs one recipient about one subject leaves in order.

alter table delivery
    add column lane smallint not null default 3,
    add column subject_id uuid,
    add column step integer,
    add column code text,                               -- an answer's code, or the code of a contact being verified
    add column adapter text,
    add column possible_duplicate boolean not null default false,
    add column recalls integer not null default 0,
    add column sent_at timestamptz,
    add column delivered_at timestamptz,
    add column read_at timestamptz,
    add column bundle_id uuid;                          -- the message it was sent in
update delivery set lane = 1 where asks;

drop index delivery_due;
create index delivery_due on delivery (kind, lane, next_at) where state = 1;
create index delivery_claimed on delivery (claimed_until) where state = 2;
create index delivery_order on delivery (coalesce (contact_point_id, subscription_id), subject_id, created_at) where state in (1, 2);
create index delivery_of_person on delivery (person_id, created_at);

-- One row an attempt; receipts find it by the adapter's own id.  Only the sender and the receipts touch it.
create table delivery_attempt (
    municipality text not null,
    delivery_id uuid not null,
    attempt integer not null,
    adapter text not null,
    handed_at timestamptz not null,
    outcome smallint not null,                          -- 1 delivered, 2 temporary, 3 permanent, 4 cancelled, 5 accepted
    words text,
    provider_id text,
    receipt smallint,                                   -- the last one that counted
    receipt_sequence bigint,
    receipt_at timestamptz,
    recorded_at timestamptz not null default now (),
    primary key (municipality, delivery_id, attempt)
) with (fillfactor = 70);
create index delivery_attempt_provider on delivery_attempt (adapter, provider_id) where provider_id is not null;
create index delivery_attempt_message on delivery_attempt (delivery_id);
create index delivery_attempt_age on delivery_attempt (recorded_at);
alter table delivery_attempt enable row level security;
alter table delivery_attempt force row level security;
create policy engine on delivery_attempt to renkei_:service_engine using (true) with check (true);
grant select, insert, update on delivery_attempt to renkei_:service_engine;

-- A contact that failed for good, until it is changed; its owner and the rota office are told once.
create table contact_trouble (
    contact_point_id uuid primary key,
    person_id uuid not null,
    kind smallint not null,
    reason text not null,
    failed_at timestamptz not null,
    told_at timestamptz,
    recorded_at timestamptz not null default now ()
);
grant select on contact_trouble to renkei_:service;
grant select, insert, update, delete on contact_trouble to renkei_:service_engine;

insert into retention (table_name, by_month, keep, cursors) values ('delivery_attempt', false, '400 days', false);
