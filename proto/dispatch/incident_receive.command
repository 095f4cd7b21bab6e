command incident_receive
  version 1
  about "A partner's message as it is: JSON, CAP 1.2 or a dispatch mail."
  from anyone
  to dispatch
  answer incident_receipt
  secret_answer
  http POST /dispatch/messages
  raw body
  field body         bytes 262144 required personal "The message, byte for byte."
  field content_type text 120     optional          "Its media type."
  field bearer       text 200     required bearer personal "The partner's key."
