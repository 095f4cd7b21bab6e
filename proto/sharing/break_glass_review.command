command break_glass_review
  version 1
  about "Say what the review of an opening without consent found."
  from municipal_officer administrator
  to sharing
  answer done
  key break_id
  http POST /break-glass/{break_id}/review
  field break_id  uuid     required path "Which opening."
  field outcome   text 400 required      "What was found."
  field justified bool     optional      "True: it was right to open; false: it was not."
