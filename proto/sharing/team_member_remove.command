command team_member_remove
  version 1
  about "Take a seat away."
  from team operator
  to sharing
  answer done
  key patient_id
  http DELETE /patients/{patient_id}/team/{member_id}
  field patient_id uuid required path "Whose team."
  field member_id  uuid required path "Which seat."
