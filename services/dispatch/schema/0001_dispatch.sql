-- Fire and ambulance: partners and their keys, what they sent (byte for byte), incidents, replies, results, look-ups.
--
-- renkei_dispatch         people at the dispatch desk, crews, last resort, administrators
-- renkei_dispatch_engine  intake (the partner has a key, not a person) and jobs
-- No record of a patient lies here: an incident holds what the partner itself wrote and the id of the person it was matched with.

-- ---- partners -------------------------------------------------------------------------------------------------------------------------

create table partner (
    partner_id uuid primary key,
    name text not null check (name <> ''),
    office_id uuid,                                     -- its office in the registry: whose desk and crews see its incidents
    region text not null,                               -- how it addresses this region (V-05)
    municipalities text[] not null,                     -- official codes it covers
    senders text[] not null,                            -- addresses bound to its keys (V-04)
    formats smallint[] not null,
    fields text[],                                      -- items it may see; NULL: the agreed list
    break_glass boolean not null default false,
    reply_format smallint check (reply_format in (1, 2)),
    webhook_url text,
    webhook_secret text,
    mail_template text,
    enabled boolean not null default true,
    cut_by uuid,
    cut_reason text,
    cut_at timestamptz,
    last_heard_at timestamptz,
    last_reached_at timestamptz
) with (fillfactor = 70);

create table partner_key (
    key_id uuid primary key,
    partner_id uuid not null references partner,
    sha256 bytea not null unique,                       -- of the key; the key itself is nowhere
    name text not null,
    added_at timestamptz not null,
    revoked_at timestamptz,
    used_at timestamptz
) with (fillfactor = 70);

-- What a complaint starts; a complaint without a row follows the standard of response.c.
create table partner_rule (
    partner_id uuid not null references partner,
    complaint smallint not null check (complaint between 1 and 9),
    terminal boolean not null,
    response smallint not null check (response between 1 and 3),
    approved_by text not null,
    approved_on date not null,
    primary key (partner_id, complaint, terminal)
);

-- ---- incidents ------------------------------------------------------------------------------------------------------------------------

create table incident (
    incident_id uuid primary key,
    partner_id uuid not null references partner,
    number text not null,                               -- the partner's
    alert_id uuid not null,                             -- of the alert that is, or would be, opened for it
    state smallint not null check (state between 1 and 4),
    match smallint not null default 1 check (match between 1 and 4),
    opened boolean not null default false,              -- incident_opened was announced
    patient_id uuid,
    located_in text,                                    -- municipality of that patient
    matched_by smallint[],
    match_attempts integer not null default 0,
    match_next timestamptz,                             -- NULL: matching is over
    exercise boolean not null,
    complaint smallint,
    response smallint,
    raised boolean not null default false,
    terminal boolean not null default false,
    outcome smallint,
    content bytea not null,                             -- all messages folded into one (types/intake_message.type)
    called_at timestamptz,
    received_at timestamptz not null,
    last_at timestamptz not null,
    reply_due boolean not null default true,            -- a reply is to be composed
    contacts bytea,                                     -- last known (ems_contacts_answer or alert_moved), packed
    contacts_at timestamptz,
    contacts_fresh boolean not null default false,      -- notify has said them since the last reply
    alert_state smallint,
    result_due boolean not null default false,          -- incident_result is to be announced
    unique (partner_id, number)
) with (fillfactor = 70);
create index incident_due on incident (received_at) where reply_due or result_due;
create index incident_unmatched on incident (match_next) where match_next is not null;
create index incident_alert on incident (alert_id);
create index incident_order on incident (partner_id, received_at desc, incident_id);

create table incident_message (
    partner_id uuid not null references partner,
    sender text not null,
    id text not null,                                   -- of a message that cannot be read: "sha256:" and its hash
    incident_id uuid references incident,
    kind smallint,
    verdict smallint not null,
    format smallint not null,
    content_type text,
    raw bytea not null,
    sha256 bytea not null,
    content bytea,                                      -- read form; NULL: not readable
    sent_at timestamptz,
    received_at timestamptz not null,
    ack bytea not null,                                 -- what was answered, byte for byte
    ack_media text not null,
    recorded_at timestamptz not null default now (),
    primary key (partner_id, sender, id)
);
create index incident_message_incident on incident_message (incident_id, received_at);
create index incident_message_age on incident_message (recorded_at);

-- What is still to reach a partner.  A newer state of an incident takes the place of an older one that has not left.
create table reply (
    number bigint generated always as identity primary key,
    reply_id text not null unique,
    partner_id uuid not null references partner,
    incident_id uuid references incident,
    state smallint not null default 1 check (state between 1 and 4),
    media_type text not null,
    has_record boolean not null default false,          -- a newer one that takes its place carries the record too
    body bytea not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    attempts integer not null default 0,
    next_at timestamptz not null,
    claimed_until timestamptz,
    done_at timestamptz,
    last_error text,
    recorded_at timestamptz not null default now ()
) with (fillfactor = 70);
create index reply_waiting on reply (partner_id, number desc) where state = 1;
create index reply_incident on reply (incident_id, number);

create table crew_result (
    incident_id uuid not null references incident,
    at timestamptz not null,
    outcome smallint not null,
    hospital_name text,
    hospital_phone text,
    arrived_at timestamptz,
    family_joined boolean,
    handed_to text,
    person_id uuid,                                     -- NULL: by message
    primary key (incident_id, at)
);

-- ---- look-ups, calls, outlines, exports ------------------------------------------------------------------------------------------------

-- Who looked, why, and what was released.  The keys that were typed are not kept: only which kinds were used.
create table lookup (
    lookup_id uuid primary key,
    partner_id uuid references partner,
    incident_id uuid references incident,
    number text,
    unit text,
    person_id uuid not null,
    office_id uuid not null,
    by_telephone boolean not null default false,
    keys smallint[] not null,
    result smallint not null,
    strong boolean not null default false,              -- unique by the card, or by two independent keys
    candidates uuid[] not null default '{}',            -- what may be chosen in lookup_open
    candidate_towns text[] not null default '{}',
    asked_at timestamptz not null,
    patient_id uuid,
    ground smallint,
    reason text,
    released_at timestamptz,
    released_unit text
) with (fillfactor = 70);
create index lookup_incident on lookup (incident_id);
create index lookup_order on lookup (asked_at);

create table telephone_call (
    call_id uuid primary key,
    office_id uuid not null,
    person_id uuid not null,
    patient_id uuid,
    caller text,
    route smallint not null check (route between 1 and 6),
    note text,
    called_at timestamptz not null,
    at timestamptz not null
);

create table outline (
    partner_id uuid not null references partner,
    number bigint not null,
    title text not null,
    text text not null,
    valid_from date not null,
    put_by uuid not null,
    put_at timestamptz not null,
    received_by uuid,
    received_at timestamptz,
    primary key (partner_id, number)
);

create table export_state (
    partner_id uuid primary key references partner,
    position text not null,
    taken_at timestamptz not null,
    taken_by uuid not null
) with (fillfactor = 70);

-- The last resort of each town as notify last said: what a reply carries when notify is away.
create table last_known (
    located_in text primary key,
    name text not null,
    phone text,
    at timestamptz not null
) with (fillfactor = 70);

-- ---- who may -------------------------------------------------------------------------------------------------------------------------

do $$
declare
    name text;
    own constant text := 'exists (select from partner p where p.partner_id = %1$I.partner_id and p.office_id = (select guard.office ()))';
    of_incident constant text := 'exists (select from incident i where i.incident_id = %1$I.incident_id)';
begin
    foreach name in array array['incident', 'incident_message', 'reply', 'crew_result', 'lookup', 'telephone_call'] loop
        execute format ('alter table %I enable row level security', name);
        execute format ('alter table %I force row level security', name);
        execute format ('create policy engine on %I to renkei_dispatch_engine using (true) with check (true)', name);
        execute format ('create policy service on %I to renkei_dispatch using (true) with check (true)', name);
    end loop;
    foreach name in array array['incident', 'incident_message', 'reply'] loop
        execute format ('create policy own_partner on %1$I as restrictive to renkei_dispatch
            using (' || own || ') with check (' || own || ')', name);
    end loop;
    execute format ('create policy of_incident on %1$I as restrictive to renkei_dispatch using (' || of_incident || ')
        with check (' || of_incident || ')', 'crew_result');
    foreach name in array array['lookup', 'telephone_call'] loop
        execute format ('create policy own_office on %I as restrictive to renkei_dispatch using (office_id = (select guard.office ()))
            with check (office_id = (select guard.office ()) and person_id = (select guard.person ()))', name);
    end loop;
end $$;

grant select (partner_id, name, office_id, region, municipalities, senders, formats, fields, break_glass, reply_format, webhook_url,
              mail_template, enabled, cut_by, cut_reason, cut_at, last_heard_at, last_reached_at), insert, update on partner to renkei_dispatch;
grant select, update on partner to renkei_dispatch_engine;
grant select (key_id, partner_id, name, added_at, revoked_at, used_at), insert, update (revoked_at) on partner_key to renkei_dispatch;
grant select, update on partner_key to renkei_dispatch_engine;
grant select, insert, delete on partner_rule to renkei_dispatch;
grant select on partner_rule to renkei_dispatch_engine;
grant select, insert, update on incident to renkei_dispatch;
grant select, insert, update on incident to renkei_dispatch_engine;
grant select, insert on incident_message to renkei_dispatch;
grant select, insert on incident_message to renkei_dispatch_engine;
grant select on reply to renkei_dispatch;
grant select, insert, update on reply to renkei_dispatch_engine;
grant select, insert on crew_result to renkei_dispatch, renkei_dispatch_engine;
grant select, insert, update on lookup to renkei_dispatch;
grant select on lookup to renkei_dispatch_engine;
grant select, insert, update on telephone_call to renkei_dispatch;
grant select, insert, update on outline to renkei_dispatch;
grant select, insert, update on export_state to renkei_dispatch;
grant select on last_known to renkei_dispatch;
grant select, insert, update on last_known to renkei_dispatch_engine;

-- How many replies wait for each partner: a number, for administrators too.
create function replies_waiting () returns table (partner_id uuid, waiting bigint)
language sql stable security definer set search_path = dispatch, guard, pg_temp as $$
    select r.partner_id, count (*) from reply r where r.state = 1 group by r.partner_id
$$;
revoke all on function replies_waiting () from public;
grant execute on function replies_waiting () to renkei_dispatch;

-- A crew telephones the last resort and says its incident's number: is there such a run?
create function running_incident (of_partner uuid, of_number text) returns uuid
language sql stable security definer set search_path = dispatch, guard, pg_temp as $$
    select i.incident_id from incident i
     where i.partner_id = of_partner and i.number = of_number and i.state = 2 and guard.person () is not null
$$;
revoke all on function running_incident (uuid, text) from public;
grant execute on function running_incident (uuid, text) to renkei_dispatch;
