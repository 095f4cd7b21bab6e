-- A test call proves the number that was called: a new number begins without any.  What was called before this file is taken for the present number.
alter table last_resort_call add column phone text;
update last_resort_call c set phone = l.phone from last_resort l where l.located_in = c.located_in;
