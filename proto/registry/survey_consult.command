command survey_consult
  version 1
  about "A professional body was consulted about a survey: who, when, what was said."
  from municipal_officer administrator operator
  to registry
  answer done
  key survey_id
  http POST /surveys/{survey_id}/consultations
  field survey_id uuid      required path "The survey."
  field body      text 200  required      "Which body."
  field held_on   date      required      "When; not in the future."
  field remark    text 1000 required      "What was said."
