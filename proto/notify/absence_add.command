command absence_add
  version 1
  about "A person is away and cannot be asked."
  from doctor visiting_nurse clinic_proxy rota_office administrator operator
  to notify
  answer done
  key person_id
  http POST /absences
  field absence_id uuid     required "Chosen by the sender."
  field person_id  uuid     required "Who."
  field from       time     required "Start."
  field to         time     required "End."
  field reason     text 120 optional "Why."
