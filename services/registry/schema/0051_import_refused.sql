-- Rows that were refused, as the file has them, so that they can be corrected and sent again; files that hold only a part; and values that a
-- survey, the facility itself or a list of more weight says otherwise.

alter table import add column partial boolean not null default false;          -- what the file leaves out is not missing
alter table import_problem add column conflict boolean not null default false;

create table import_refused (
    municipality text not null,
    import_id uuid not null,
    line bigint not null,
    record text not null,                               -- the line as it was, UTF-8
    reasons text not null,
    primary key (municipality, import_id, line),
    foreign key (municipality, import_id) references import (municipality, import_id) on delete cascade
);
alter table import_refused enable row level security;
alter table import_refused force row level security;
create policy service on import_refused for select to renkei_:service using (true);
create policy own_municipality on import_refused as restrictive to renkei_:service
    using (municipality = (select guard.municipality ()) or (select acts_for_region ()));
create policy engine on import_refused to renkei_:service_engine using (true) with check (true);
grant select on import_refused to renkei_:service;
grant select, insert, delete on import_refused to renkei_:service_engine;

-- Items of table 1 come with files, too; what a survey or the facility itself says is never touched by them.
grant select, insert, update (until_at) on facility_item to renkei_:service_engine;
grant select on facility_consent to renkei_:service_engine;
create policy engine on facility_item to renkei_:service_engine using (true) with check (true);
create policy engine on facility_consent for select to renkei_:service_engine using (true);
