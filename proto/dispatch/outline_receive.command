command outline_receive
  version 1
  about "The fire organisation confirms that it has a version of the scheme."
  from dispatch_desk
  to dispatch
  answer done
  key partner_id
  http POST /dispatch/partners/{partner_id}/outlines/{number}/receipt
  field partner_id uuid required path "The partner."
  field number     i64  required path "The version."
