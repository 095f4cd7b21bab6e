command letters_send
  version 1
  about "Outstanding letters go out, for the first time or as a reminder: by e-mail now, or, printed, they are noted as sent.  Who has answered is not asked again."
  from municipal_officer administrator operator
  to registry
  answer letters_sent
  http POST /letters
  field survey_id uuid            optional "Of this survey; absent: regular confirmations."
  field way       enum letter_way required "link: by e-mail; paper: they were printed and sent."
