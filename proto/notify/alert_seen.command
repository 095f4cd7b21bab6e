command alert_seen
  version 1
  about "Say: I have seen it. Stops nothing."
  from everyone
  to notify
  answer done
  key alert_id
  urgent
  http POST /alerts/{alert_id}/seen
  field alert_id uuid required path "Which."
