-- The roster and the telephone numbers on paper, for each office, made every night and kept outside the database (S-58): what opens an
-- office's file, and for which day it was made.
create table office_paper (
    office_id uuid primary key,
    located_in text not null,
    password text not null,
    made_for date not null,
    made_at timestamptz not null,
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);
create index office_paper_day on office_paper (made_for);
alter table office_paper enable row level security;
alter table office_paper force row level security;
create policy engine on office_paper to renkei_notify_engine using (true) with check (true);
create policy own_office on office_paper for select to renkei_notify using (office_id = (select guard.office ()));
grant select on office_paper to renkei_notify;
grant select, insert, update on office_paper to renkei_notify_engine;
