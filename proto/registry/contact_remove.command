command contact_remove
  version 1
  about "Forget one of the actor's own contacts."
  from everyone
  to registry
  answer done
  key contact_point_id
  http DELETE /me/contacts/{contact_point_id}
  field contact_point_id uuid required path "Which."
