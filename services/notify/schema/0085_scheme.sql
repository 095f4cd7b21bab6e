-- What registry tells of offices in the scheme of attending and deputy doctors: what the warnings of a person's order are made from.
-- bands: five numbers each: set of day classes (bit class - 1), set of weekdays (bit day - 1; 0: all), from, to (minutes),
-- set of conditions (bit tag - 1; 0: all).  Offices are region-level.
create table scheme_part (
    part_id uuid primary key,
    office_id uuid not null,
    from_date date not null,
    until_date date,                                    -- NULL: until further notice
    bands integer[] not null,
    withdrawn boolean not null,
    version bigint not null
);
create index scheme_part_of_office on scheme_part (office_id, from_date);
grant select on scheme_part to renkei_notify;
grant select, insert, update on scheme_part to renkei_notify_engine;
