-- Answers without a log-in: one code for everybody who is asked about an alert, good as long as the alert lives, never given twice.

create table reply_code (
    code text primary key check (code ~ '^[0-9]{6}$'),
    reply_id uuid not null unique default gen_random_uuid (),           -- what a one-time link names
    municipality text not null,
    alert_id uuid not null,
    person_id uuid,
    office_id uuid,                                     -- where no person but an office or desk is asked
    link_used_at timestamptz,
    recorded_at timestamptz not null default now (),
    check (person_id is not null or office_id is not null)
);
create index reply_code_of_alert on reply_code (alert_id);
create index reply_code_age on reply_code (recorded_at);
alter table reply_code enable row level security;
alter table reply_code force row level security;
create policy engine on reply_code to renkei_:service_engine using (true) with check (true);
grant select, update on reply_code to renkei_:service_engine;
insert into retention (table_name, by_month, keep, cursors) values ('reply_code', false, '30 days', false);

-- The code of whoever is asked; made at the first question.  Codes come from the randomness of uuids, not from random ().
create function reply_code_for (in_municipality text, of_alert uuid, of_person uuid, of_office uuid) returns text
language plpgsql volatile security definer set search_path = notify, guard, pg_temp as $$
declare
    made text;
begin
    select r.code into made from reply_code r
     where r.alert_id = of_alert and r.person_id is not distinct from of_person and r.office_id is not distinct from of_office;
    while made is null loop
        insert into reply_code (code, municipality, alert_id, person_id, office_id)
        values ((100000 + ('x' || substr (replace (gen_random_uuid ()::text, '-', ''), 1, 8))::bit (32)::bigint % 900000)::text,
                in_municipality, of_alert, of_person, of_office)
        on conflict (code) do nothing returning code into made;
    end loop;
    return made;
end $$;
revoke all on function reply_code_for (text, uuid, uuid, uuid) from public;
grant execute on function reply_code_for (text, uuid, uuid, uuid) to renkei_:service, renkei_:service_engine;

-- Who answers by key, text message or link has no session: those commands run under the engine's role.
grant execute on function standing_to (uuid) to renkei_:service_engine;
