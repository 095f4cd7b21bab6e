command contact_verify
  version 1
  about "The code that was sent to a contact; three tries within 15 minutes."
  from everyone
  to registry
  answer contact_verified
  key contact_point_id
  http POST /me/contacts/{contact_point_id}/verify
  field contact_point_id uuid    required path     "Which."
  field code             text 20 required personal "As received; full-width digits and spaces are fine."
