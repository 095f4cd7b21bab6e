command contact_put
  version 1
  about "Add or change one of the actor's own contacts; a code is sent to it.  The same again sends another code."
  from everyone
  to registry
  answer done
  key contact_point_id
  http PUT /me/contacts/{contact_point_id}
  field contact_point_id uuid              required path     "Chosen by the sender."
  field kind             enum contact_kind required          "email, voice, sms or fax."
  field address          text 300          required personal "Where."
