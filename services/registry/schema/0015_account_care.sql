-- People change their own password; an office's manager ends sessions of the people who work there.  The log says who did it.

alter table session drop constraint session_ended_why_check;
alter table session add constraint session_ended_why_check check (ended_why in ('logout', 'revoked', 'left', 'replaced', 'password'));

alter table login_log drop constraint login_log_event_check;
alter table login_log add constraint login_log_event_check
    check (event in ('started', 'refused', 'blocked', 'opened', 'unlocked', 'logout', 'ended', 'passkey_added', 'account_set',
                     'password_changed'));
alter table login_log add column by_person uuid;        -- NULL: the person, or nobody yet
