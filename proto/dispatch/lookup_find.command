command lookup_find
  version 1
  about "Look for a person by card, telephone, name and birth date, or address; candidates hold nothing medical. A command, because the look is kept."
  from dispatch_desk ambulance_crew last_resort
  to dispatch
  answer lookup_found
  key lookup_id
  http POST /dispatch/lookups
  field lookup_id   uuid     required          "Chosen by the sender."
  field incident_id uuid     optional          "For which incident; without any key its own keys are used."
  field partner_id  uuid     optional          "Last resort only: the fire organisation whose crew telephones."
  field number      text 80  optional          "Last resort only: the incident's number as the crew says it."
  field unit        text 80  optional          "Ambulance."
  field by_telephone bool    optional          "True: the crew telephones the last resort."
  field card        text 40  optional personal "Number of the card."
  field phone       text 20  optional personal "Telephone."
  field name        text 120 optional personal "Name."
  field name_kana   text 120 optional personal "Name in kana."
  field birth_date  date     optional personal "Date of birth."
  field address     text 400 optional personal "Address."
