command alert_raise
  version 1
  about "Raise a change of condition to a sudden change: the doctor is called now."
  from everyone
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/raise
  field alert_id uuid     required path     "Which."
  field text     text 400 optional personal "Why, in words."
