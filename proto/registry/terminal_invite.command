command terminal_invite
  version 1
  about "Invite a terminal of an office: a code that somebody who works there types at the device.  The same again gives another code."
  from municipal_officer administrator operator
  to registry
  answer terminal_invited
  key terminal_id
  secret_answer
  http PUT /offices/{office_id}/terminals/{terminal_id}
  field office_id   uuid    required path "Of which office."
  field terminal_id uuid    required path "Chosen by the sender."
  field name        text 60 required      "What it is called there."
