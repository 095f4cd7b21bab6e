command alert_end
  version 1
  about "A person ends the alert and says how."
  from everyone
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/end
  field alert_id uuid     required path     "Which."
  field outcome  text 400 required personal "How it ended."
