command subscription_put
  version 1
  about "Send emergencies of a municipality to a partner's address as signed webhooks."
  from administrator operator
  to notify
  answer done
  key subscription_id
  secret_answer
  http PUT /webhooks/{subscription_id}
  field subscription_id uuid     required path     "Chosen by the sender."
  field municipality    text 6   required          "Whose emergencies."
  field name            text 120 required          "Partner."
  field url             text 300 required          "Address; only addresses of the allow-list are taken."
  field secret          text 120 required personal "Standard Webhooks secret, whsec_…."
  field enabled         bool     required          "False stops it at once."
