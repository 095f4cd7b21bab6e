command patient_register
  version 1
  about "Record a person who lives at home with treatment and care."
  from team municipal_officer operator
  to sharing
  answer patient_registered
  key patient_id
  http POST /patients
  field patient_id   uuid             required          "Chosen by the sender."
  field name         text 120         required personal "Name as written."
  field name_kana    text 120         required personal "Name in kana."
  field birth_date   date             required personal "Date of birth."
  field sex          enum sex         optional personal "Sex."
  field municipality text 6           required          "Official code of residence."
  field insured_number text 10        optional personal "被保険者番号."
  field care_level   enum care_level  optional          "Care level."
  field address      text 400         optional personal "Address."
  field phone        text 20          optional personal "Telephone."
