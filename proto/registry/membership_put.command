command membership_put
  version 1
  about "Let a person work in an office with certain roles."
  from municipal_officer administrator operator service_manager
  to registry
  answer done
  key person_id
  http PUT /people/{person_id}/memberships/{office_id}
  field person_id uuid                required path "Who."
  field office_id uuid                required path "Where."
  field roles     list enum role max 8 required     "As what."
