command staff_plan_put
  version 1
  about "Write down who joins, leaves or changes in an office on a day to come; nothing happens by it alone."
  from municipal_officer administrator operator service_manager
  to registry
  answer done
  key office_id
  http PUT /offices/{office_id}/plans/{plan_id}
  field office_id uuid                 required path     "Which office."
  field plan_id   uuid                 required path     "Chosen by the sender."
  field on        date                 required          "When."
  field kind      enum staff_plan_kind required          "What."
  field name      text 120             required personal "Who."
  field note      text 400             optional personal "Seats, successor and the like, in words."
  field withdrawn bool                 optional          "True: it does not happen."
