command alert_answer_draft
  version 1
  about "Prepare an answer for a doctor of the own clinic who was asked; it counts for nothing until the doctor gives it."
  from clinic_proxy
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/draft
  field alert_id   uuid                   required path     "Which."
  field person_id  uuid                   required          "For which doctor."
  field answer     enum alert_answer_kind required          "Which answer."
  field arrival_at time                   optional          "For visit: when."
  field decline    enum decline_reason    optional          "For cannot: why."
  field text       text 400               optional personal "In words."
