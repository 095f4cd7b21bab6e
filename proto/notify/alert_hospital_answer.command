command alert_hospital_answer
  version 1
  about "The hospital says whether it can take the person, itself or recorded from the telephone."
  from everyone
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/hospital-answer
  field alert_id uuid                  required path     "Which."
  field answer   enum hospital_answer  required          "What."
  field refusal  enum hospital_refusal optional          "For decline: why."
  field text     text 400              optional personal "In words."
