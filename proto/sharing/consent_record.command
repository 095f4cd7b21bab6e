command consent_record
  version 1
  about "Record a consent of the person (S-22)."
  from team
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/consents
  field patient_id  uuid                required path     "Whose."
  field consent_id  uuid                required          "Chosen by the sender."
  field scope       enum consent_scope  required          "To whom it opens the record."
  field giver       enum consent_giver  required          "Who gave it."
  field giver_name  text 120            optional personal "Name of an agent or representative."
  field relation    text 60             optional personal "Relation to the person."
  field method      enum consent_method required          "How."
  field rotation_id uuid                optional          "For duty_doctors: which rotation."
  field from        date                required          "First day."
  field to          date                optional          "Last day."
