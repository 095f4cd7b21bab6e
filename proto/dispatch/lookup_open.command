command lookup_open
  version 1
  about "Release one person's agreed items, on a ground given by one key; every release is kept and shown to the team."
  from dispatch_desk ambulance_crew last_resort
  to dispatch
  answer lookup_record
  key lookup_id
  secret_answer
  http POST /dispatch/lookups/{lookup_id}/record
  field lookup_id  uuid            required path "The look-up."
  field patient_id uuid            optional      "The candidate; absent with break_glass, which goes by the keys below."
  field ground     enum ems_ground required      "Why."
  field unit       text 80         optional      "Ambulance; break-glass and telephone need it."
  field reason     text 200        optional      "In words; break-glass needs it."
  field card       text 40         optional personal "break_glass: number of the card."
  field phone      text 20         optional personal "break_glass: telephone."
  field name       text 120        optional personal "break_glass: name."
  field name_kana  text 120        optional personal "break_glass: name in kana."
  field birth_date date            optional personal "break_glass: date of birth."
  field address    text 400        optional personal "break_glass: address."
