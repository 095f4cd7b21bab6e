command survey_open
  version 1
  about "Open a survey: a letter for each facility.  Not before a professional body was consulted."
  from municipal_officer administrator operator
  to registry
  answer letters_sent
  key survey_id
  http POST /surveys/{survey_id}/open
  field survey_id uuid required path "The survey."
