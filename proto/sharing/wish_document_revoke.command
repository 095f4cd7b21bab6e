command wish_document_revoke
  version 1
  about "The person takes a document of wish back; in force at once."
  from team
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/wish-documents/{document_id}/revoke
  field patient_id  uuid     required path     "Whose."
  field document_id uuid     required path     "Which."
  field revoked_on  date     required          "When the person said so."
  field reason      text 400 optional personal "How it was said."
