command call_record
  version 1
  about "Last resort: what was done about a telephone call (U-34); a caller who is not known leaves no data."
  from last_resort
  to dispatch
  answer done
  key call_id
  http PUT /dispatch/calls/{call_id}
  field call_id    uuid              required path     "Chosen by the sender."
  field patient_id uuid              optional          "The person, when known."
  field caller     text 60           optional personal "Who called: family, neighbour …"
  field route      enum call_route   required          "To whom it went."
  field note       text 1000         optional personal "What was said."
  field called_at  time              required          "When."
