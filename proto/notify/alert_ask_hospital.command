command alert_ask_hospital
  version 1
  about "Ask the designated hospital whether it can take the person."
  from everyone
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/hospital
  field alert_id uuid required path "Which."
