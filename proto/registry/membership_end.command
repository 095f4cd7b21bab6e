command membership_end
  version 1
  about "A person leaves an office; access and sessions there end at once."
  from municipal_officer administrator operator service_manager
  to registry
  answer done
  key person_id
  http DELETE /people/{person_id}/memberships/{office_id}
  field person_id uuid required path "Who."
  field office_id uuid required path "Where."
