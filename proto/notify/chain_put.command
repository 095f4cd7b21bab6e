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
  field emergency_nursing bool                  optional      "緊急時訪問看護 is agreed: on a report by family or helpers the station is called first."
  field terminal   bool                         optional      "True: this is the order in 看取り."
