command rights_confirm
  version 1
  about "A manager confirms what everybody of an office is; the list is the one that was looked at."
  from municipal_officer administrator operator service_manager
  to registry
  answer done
  key office_id
  http PUT /offices/{office_id}/rights-review
  field office_id uuid                             required path "Which office."
  field people    list record person_roles max 200 required      "Everybody, as shown."
