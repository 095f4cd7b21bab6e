command partner_key_add
  version 1
  about "Make a key for a partner; it is shown once."
  from administrator operator
  to dispatch
  answer partner_key_made
  key partner_id
  secret_answer
  http POST /dispatch/partners/{partner_id}/keys
  field partner_id uuid    required path "The partner."
  field key_id     uuid    required      "Chosen by the sender."
  field name       text 80 required      "What it is for."
