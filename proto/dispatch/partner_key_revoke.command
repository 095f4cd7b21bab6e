command partner_key_revoke
  version 1
  about "Take a key from a partner at once."
  from administrator operator
  to dispatch
  answer done
  key partner_id
  http DELETE /dispatch/partners/{partner_id}/keys/{key_id}
  field partner_id uuid required path "The partner."
  field key_id     uuid required path "The key."
