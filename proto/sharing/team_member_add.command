command team_member_add
  version 1
  about "Give somebody a seat in a person's care team."
  from team operator
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/team
  field patient_id uuid           required path "Whose team."
  field member_id  uuid           required      "The seat; chosen by the sender."
  field seat       enum team_seat required      "What for."
  field person_id  uuid           required      "Who."
  field office_id  uuid           required      "For which office."
