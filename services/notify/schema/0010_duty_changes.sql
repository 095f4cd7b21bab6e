-- What lies upon a rotation's rule, and who may be reached: local closures, older rules, overrides; orders of doctors for 看取り.

-- Days closed beside the holidays: of a municipality's calendar, or of an office's.
create table closure (
    closure_id uuid primary key,
    located_in text,
    office_id uuid,
    first_day date not null,
    last_day date not null,
    name text not null,
    entered_by uuid not null,
    removed_by uuid,
    removed_at timestamptz,
    recorded_at timestamptz not null default now (),
    check (last_day >= first_day and (located_in is null) <> (office_id is null))
);
create index closure_in_force on closure (last_day) where removed_at is null;

alter table rotation
    add column since timestamptz,                       -- the rule holds from here on; NULL: from its anchor
    add column turn_offset integer not null default 0,  -- which member the anchor's turn is
    add column weekdays integer not null default 0,     -- set: bit (weekday - 1); 0: all
    add column weeks integer not null default 0;        -- set: bit (nth - 1), bit 4 the last of the month; 0: all

-- The rules before: a month that is over, and a night that has begun, stay as they were.
create table rotation_past (
    rotation_id uuid not null references rotation on delete cascade,
    until_at timestamptz not null,
    since timestamptz,
    kind smallint not null,
    advance smallint not null,
    anchor date not null,
    handoff_minute integer not null,
    day_classes integer not null,
    weekdays integer not null,
    weeks integer not null,
    from_minute integer not null,
    to_minute integer not null,
    turn_offset integer not null,
    members uuid[] not null,
    offices uuid[] not null,
    primary key (rotation_id, until_at)
);

-- Overrides (kind 1) and the halves of accepted swaps (kind 2), in order of entry.  rotation_id NULL: wherever remove_person is asked.
create table duty_change (
    change_id uuid primary key,
    ordinal bigint generated always as identity,
    kind smallint not null,
    rotation_id uuid references rotation on delete cascade,
    from_at timestamptz not null,
    to_at timestamptz not null check (to_at > from_at),
    remove_person uuid,
    add_person uuid,
    add_office uuid,
    reason text,
    entered_by uuid not null,
    entered_at timestamptz not null,
    removed_by uuid,
    removed_at timestamptz,
    check (remove_person is not null or (add_person is not null and rotation_id is not null))
);
create index duty_change_in_force on duty_change (to_at) where removed_at is null;

alter table chain
    add column terminal boolean not null default false,             -- the order in 看取り
    add column emergency_nursing boolean not null default false;    -- 緊急時訪問看護 is agreed

-- A telephone or SMS that works, or the telephone of an office where one belongs: an application, e-mail or push alone wakes nobody.
-- plpgsql, because contact_trouble (contacts that failed for good) is made by a later file.
create function is_reachable (person uuid) returns boolean
language plpgsql stable as $$
begin
    return exists (select from contact_point c where c.person_id = person and c.kind in (4, 5) and c.reachable
                      and not exists (select from contact_trouble t where t.contact_point_id = c.contact_point_id))
        or exists (select from membership m join office o using (office_id)
                    where m.person_id = person and m.roles <> 0 and coalesce (o.duty_phone, o.phone) is not null);
end $$;
create function is_office_reachable (of_office uuid) returns boolean
language plpgsql stable as $$
begin
    return exists (select from office o where o.office_id = of_office and coalesce (o.duty_phone, o.phone) is not null)
        or exists (select from membership m join contact_point c using (person_id)
                    where m.office_id = of_office and m.roles <> 0 and c.kind in (4, 5) and c.reachable
                      and not exists (select from contact_trouble t where t.contact_point_id = c.contact_point_id));
end $$;

-- The people of a rota office of that municipality; of none, its administrators.
create function coordinators (of_municipality text) returns setof uuid
language sql stable as $$
    with offices as (select m.person_id, m.roles from membership m where m.located_in = of_municipality and m.roles <> 0)
    select person_id from offices where roles & 32 <> 0
    union
    select person_id from offices where roles & (1 << 21) <> 0 and not exists (select from offices where roles & 32 <> 0)
$$;

grant select, insert, update on closure, duty_change to renkei_notify;
grant select, insert, update, delete on rotation_past to renkei_notify;
grant select on closure, rotation_past, duty_change to renkei_notify_engine;
revoke all on function is_reachable (uuid), is_office_reachable (uuid), coordinators (text) from public;
grant execute on function is_reachable (uuid), is_office_reachable (uuid), coordinators (text) to renkei_notify, renkei_notify_engine;

-- A rotation's month as a table: its days' shifts come from here instead of from the rule.  An import replaces the one before.
create table duty_table (
    table_id uuid primary key,
    rotation_id uuid not null references rotation on delete cascade,
    month date not null,
    imported_by uuid not null,
    imported_at timestamptz not null,
    replaced_at timestamptz
);
create unique index duty_table_in_force on duty_table (rotation_id, month) where replaced_at is null;
create table duty_entry (
    table_id uuid not null references duty_table on delete cascade,
    line integer not null,
    from_at timestamptz not null,
    to_at timestamptz not null check (to_at > from_at),
    person_id uuid not null,
    office_id uuid,
    primary key (table_id, line)
);
grant select, insert, update on duty_table to renkei_notify;
grant select, insert on duty_entry to renkei_notify;
grant select on duty_table, duty_entry to renkei_notify_engine;
