command partner_cut
  version 1
  about "Cut a partner off, or let it in again: nothing is taken from it and nothing sent to it."
  from administrator operator municipal_officer
  to dispatch
  answer done
  key partner_id
  http POST /dispatch/partners/{partner_id}/cut
  field partner_id uuid     required path "The partner."
  field enabled    bool     required      "False: cut off; true: let in again."
  field reason     text 400 required      "Why."
