-- Where the file ended that the partner's command system took last by its key (EMS-20); apart from what its people take by hand.
create table export_key_state (
    partner_id uuid primary key references partner,
    position text not null,
    taken_at timestamptz not null
) with (fillfactor = 70);
grant select, insert, update on export_key_state to renkei_dispatch_engine;
