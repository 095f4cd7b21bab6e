command designated_hospital_request
  version 1
  about "Ask a hospital to be this person's 急変時診療医療機関 (U-16); one at a time."
  from team
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/designated-hospital
  field patient_id      uuid     required path "Whose."
  field designation_id  uuid     required      "Chosen by the sender."
  field facility        text 200 required      "Hospital."
  field office_id       uuid     optional      "As an office of the region."
  field phone           text 20  optional      "Telephone."
  field night_phone     text 20  optional      "Telephone at night."
  field parallel_notice bool     required      "True: it agreed to be told at once."
