command override_add
  version 1
  about "代診: somebody else, or nobody, is on duty instead; in force at once."
  from doctor clinic_proxy rota_office administrator operator
  to notify
  answer done
  conflict override_conflict
  key override_id
  http POST /overrides
  field override_id uuid     required "Chosen by the sender."
  field rotation_id uuid     optional "In this rotation; absent: wherever the replaced person would be asked, by a colleague of the same office."
  field from        time     required "Start."
  field to          time     required "End."
  field remove      uuid     optional "Only where this person would be on duty; absent: whoever it is, also where nobody is."
  field add         uuid     optional "Who is on duty instead; absent: nobody."
  field add_office  uuid     optional "That one's office; absent: the office known for the rotation, or the person's own."
  field reason      text 120 required "Why."
