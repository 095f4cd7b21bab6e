command alert_in_hand
  version 1
  about "Say that the person is being looked after."
  from everyone
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/in-hand
  field alert_id uuid required path "Which."
