command staff_leave
  version 1
  about "A person leaves an office: access and sessions there end at once, and a colleague takes over the seats in care teams in the same step. Sent again with another colleague, it hands over the seats that are still vacant."
  from municipal_officer administrator operator service_manager
  to registry
  answer done
  key person_id
  http PUT /offices/{office_id}/leavers/{person_id}
  field office_id  uuid                              required path "Which office."
  field person_id  uuid                              required path "Who leaves it."
  field successors list record seat_successor max 13 required      "Who takes over; empty: nobody, the seats stay vacant."
