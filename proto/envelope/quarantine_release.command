command quarantine_release
  version 1
  about "Try an event again, or leave it out with a reason."
  from service operator administrator
  to runtime
  answer done
  key event_id
  field event_id uuid     required "Which."
  field skip     bool     required "True to leave it out."
  field reason   text 200 required "Why."
