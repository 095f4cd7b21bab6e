command outline_put
  version 1
  about "A new version of the agreed scheme for a fire organisation: what is shared, whom to call (U-23)."
  from municipal_officer administrator operator
  to dispatch
  answer done
  key partner_id
  http POST /dispatch/partners/{partner_id}/outlines
  field partner_id uuid       required path "The partner."
  field title      text 200   required      "Title."
  field text       text 20000 required      "The scheme."
  field valid_from date       required      "From when."
