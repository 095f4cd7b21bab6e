-- A last resort whose monthly test call failed or is overdue is a gap (practice.md): the check that warns the coordinators reads the calls.
grant select on last_resort_call to renkei_notify_engine;
