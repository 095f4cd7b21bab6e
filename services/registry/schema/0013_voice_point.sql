-- A person's telephone is a contact point of its own: notify calls who is asked in an emergency.
alter table person add column voice_point uuid;          -- null: never had a telephone; orders its events
grant update (voice_point) on person to renkei_:service;
