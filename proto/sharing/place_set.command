command place_set
  version 1
  about "Say where the person is now."
  from team
  to sharing
  answer done
  key patient_id
  http PUT /patients/{patient_id}/place
  field patient_id uuid            required path     "The person."
  field place      enum place_kind required          "Where."
  field name       text 200        optional          "Name of the hospital or facility."
  field phone      text 20         optional          "Telephone there."
  field from       date            required          "Since."
  field to         date            optional          "Until, if known."
