command alert_record_answer
  version 1
  about "Record an answer given by telephone: who answered, and by this who recorded it."
  from everyone
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/telephone
  field alert_id    uuid                   required path     "Which."
  field person_id   uuid                   optional          "Who answered, when asked in person."
  field office_id   uuid                   optional          "For which asked office, when somebody of it answered."
  field name        text 120               optional personal "Name of who answered for an office."
  field answer      enum alert_answer_kind required          "Which answer."
  field arrival_at  time                   optional          "For visit: when."
  field decline     enum decline_reason    optional          "For cannot: why."
  field text        text 400               optional personal "In words."
