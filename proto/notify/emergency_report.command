command emergency_report
  version 1
  about "Report that a person suddenly got worse (U-20)."
  from reporters
  to notify
  answer emergency_report_answer
  key patient_id
  urgent
  away
  http POST /emergencies
  field alert_id    uuid               required          "Chosen by the sender, so that sending again is harmless."
  field patient_id  uuid               required          "For whom."
  field urgency     enum urgency       required          "How urgent."
  field tag         enum condition_tag required          "What kind of trouble."
  field happened    text 1000          optional personal "What happened, in words."
  field observed_at time               required          "When the button was pressed, by the sender's clock."
  field callback    text 20            optional personal "Number to call the reporter back."
  field exercise    bool               optional          "True: a drill; only drill contacts are called."
