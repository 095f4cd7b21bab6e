command alert_answer
  version 1
  about "One of the four answers of somebody who was asked."
  from everyone
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/answer
  field alert_id   uuid                   required path     "Which."
  field answer     enum alert_answer_kind required          "Which answer."
  field arrival_at time                   optional          "For visit: when."
  field decline    enum decline_reason    optional          "For cannot: why."
  field text       text 400               optional personal "In words."
