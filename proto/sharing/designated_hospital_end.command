command designated_hospital_end
  version 1
  about "End the registration with a hospital."
  from team
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/designated-hospital/{designation_id}/end
  field patient_id     uuid     required path "Whose."
  field designation_id uuid     required path "Which registration."
  field reason         text 400 required      "Why."
