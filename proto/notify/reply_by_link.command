command reply_by_link
  version 1
  about "One of the four answers by a one-time link."
  from anyone
  to notify
  answer reply_taken
  key token
  urgent
  http POST /replies/{token}
  field token      text 120               required path personal "Out of the link."
  field answer     enum alert_answer_kind required "Which answer."
  field minutes    i64                    optional "For visit: arrives in so many minutes, 5 to 720."
  field decline    enum decline_reason    optional "For cannot: why; standard other."
  field name       i64                    optional "Of an office: number of who answers."
