command direct_event
  version 1
  about "The emergency lane: a whole event, sent straight to who hears it."
  from service
  to runtime
  answer done
  urgent
  secret_answer
  field event record event_envelope required "The event; it stands committed in the sender's log."
