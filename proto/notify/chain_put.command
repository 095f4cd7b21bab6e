command chain_put
  version 1
  about "Set a person's order of doctors; a new version, the old one stays readable."
  from doctor care_manager visiting_nurse operator
  to notify
  answer done
  key patient_id
  http PUT /patients/{patient_id}/chain
  field patient_id uuid                         required path "Whose."
  field rows       list record chain_row max 40 required      "In order."
