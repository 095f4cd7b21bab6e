command consent_withdraw
  version 1
  about "The person withdraws a consent; in force at once (S-25)."
  from team
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/consents/{consent_id}/withdraw
  field patient_id uuid required path "Whose."
  field consent_id uuid required path "Which."
