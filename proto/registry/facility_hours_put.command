command facility_hours_put
  version 1
  about "Write down when a facility is open, or when its doctors can be met.  It takes the place of what held before; nothing at all: not known any more."
  from service_manager doctor clinic_proxy municipal_officer administrator operator
  to registry
  answer done
  key facility_id
  http POST /facilities/{facility_id}/hours
  field facility_id          uuid                          required path "The facility."
  field purpose              enum hours_purpose            required      "What they are for."
  field slots                list record hours_slot max 64 required      "When it is open, at most four slots a day."
  field closed               list i64 max 8                optional      "Days it is closed on, 1 Monday to 8 holidays."
  field holidays_as_weekdays bool                          optional      "True: a holiday is like any other such weekday."
  field year_end             enum year_end                 optional      "From 29 December to 3 January."
  field closed_words         text 200                      optional      "Other days off, in words."
  field source               enum item_source              required      "Where it comes from."
  field source_date          date                          optional      "Of what day the source is; not in the future."
