command patient_head_update
  version 1
  about "Change the head of a person's record."
  from team
  to sharing
  answer done
  conflict patient_answer
  key patient_id
  http PUT /patients/{patient_id}/head
  field patient_id   uuid             required path     "The person."
  field head_version i64              required if_match "Version the editor was looking at."
  field name         text 120         required personal "Name as written."
  field name_kana    text 120         required personal "Name in kana."
  field birth_date   date             required personal "Date of birth."
  field sex          enum sex         optional personal "Sex."
  field care_level   enum care_level  optional          "Care level."
  field address      text 400         optional personal "Address."
  field phone        text 20          optional personal "Telephone."
  field allergies    text 400         optional personal "Allergies in words."
  field infections   text 400         optional personal "Infections; shown only to roles that enter the home or transport."
  field told_person  enum disclosure_status optional personal "Told to the person?"
  field told_family  enum disclosure_status optional personal "Told to the family?"
  field contacts     list record emergency_contact max 6 optional personal "Whom to call."
  field nursing_phone text 20         optional          "Visiting nursing, day and night."
  field terminal_phase bool           required          "看取り."
  field terminal_first_phone text 20  optional          "Agreed first number in 看取り."
  field lives_alone  bool             required          "独居."
  field contact_caution text 200      optional personal "Caution when contacting."
