command designated_hospital_answer
  version 1
  about "Record the hospital's answer: confirmed or declined."
  from team
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/designated-hospital/{designation_id}/answer
  field patient_id       uuid     required path     "Whose."
  field designation_id   uuid     required path     "Which registration."
  field confirmed        bool     required          "True: registered; false: declined."
  field answered_by_name text 120 required personal "Who answered, for the hospital."
  field reason           text 400 optional          "Why declined."
