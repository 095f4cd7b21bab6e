command alert_arrived
  version 1
  about "Say that the doctor or nurse has arrived."
  from everyone
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/arrived
  field alert_id uuid required path "Which."
