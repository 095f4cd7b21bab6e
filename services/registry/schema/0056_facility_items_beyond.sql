-- Beyond table 1: whom to reach for coordination and when, when doctors can be met, free places.  For those who work together, never for
-- residents (A-18), whatever somebody allows.
alter table facility_item add constraint facility_item_never_residents check (item not between 19 and 25 or shown_to & 4 = 0);
alter table facility_consent add constraint facility_consent_never_residents check (item not between 19 and 25 or audiences & 4 = 0);
