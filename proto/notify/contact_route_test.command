command contact_route_test
  version 1
  about "Try a contact route: the system calls the number with a fixed sentence, or a person writes down the own call."
  from everyone
  to notify
  answer done
  key office_id
  http PUT /offices/{office_id}/routes/{route_id}/tests/{test_id}
  field office_id uuid     required path "The office."
  field route_id  uuid     required path "The route."
  field test_id   uuid     required path "Chosen by the sender."
  field answered  bool     optional      "Did somebody answer the sender's own call; absent: the system calls now."
  field note      text 400 optional      "What was noticed; required when nobody answered."
