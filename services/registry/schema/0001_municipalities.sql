-- Municipalities and the agreements between them: region-level tables, no personal data, readable by the whole service.
-- Only somebody who acts for the region (0002: acts_for_region) may write them.

create table municipality (
    code text primary key check (code ~ '^[0-9]{6}$' and code <> '000000'),    -- 全国地方公共団体コード, six digits; 000000 is the region itself
    prefecture text not null,
    name text not null,
    desk_phone text,
    subject uuid not null,                                                     -- made from the code; orders its events
    in_region boolean not null,                                                -- false: known only because a facility lies there
    recorded_at timestamptz not null default now ()
);

create table agreement (
    agreement_id uuid primary key,
    giving text not null references municipality (code),                       -- whose records are opened
    receiving text not null references municipality (code),                    -- who may see them
    from_day date not null,                                                    -- days in Asia/Tokyo, both included
    to_day date,
    recorded_at timestamptz not null default now (),
    check (giving <> receiving),
    check (to_day >= from_day)
);
create index agreement_receiving on agreement (receiving);
