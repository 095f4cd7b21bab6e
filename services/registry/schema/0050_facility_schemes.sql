-- Facilities of other lists than the care offices: hospitals, clinics, dentists, maternity homes, pharmacies.  Their numbers are of other
-- schemes, and say nothing without the name of theirs: ID of 医療情報ネット (5-13), 医療機関コード, the permit number of one city.  What an office
-- is known by (policies compare numbers alone) has ten letters and digits; a number of any other scheme that reads like one is kept as ID-….
alter table facility drop constraint facility_number_check,
                     drop constraint facility_number_service_key;
alter table facility add column scheme text not null default 'kaigo' check (scheme ~ '^[0-9a-z-]{1,40}$'),
                     add column postal_code text check (postal_code ~ '^[0-9]{3}-[0-9]{4}$'),
                     add column valid_from date,         -- of the permit, as the list has it
                     add column valid_until date,
                     add constraint facility_number_check check (number ~ '^[0-9A-Z._/()-]{1,20}$'),
                     add constraint facility_kaigo_number_check check (scheme <> 'kaigo' or number ~ '^[0-9A-Z]{10}$'),
                     add constraint facility_scheme_number_service_key unique (scheme, number, service);
create index facility_number on facility (number);

alter table import_row add column scheme text,
                       add column postal_code text,
                       add column valid_from date,
                       add column valid_until date,
                       add column items jsonb,           -- of table 1: {"18": [answer, words]}
                       add column hours jsonb;           -- {"slots": [[day, weeks, from, to]], "closed": days, "words": …}
