command survey_put
  version 1
  about "Prepare a survey, or change it while it is not open."
  from municipal_officer administrator operator
  to registry
  answer done
  key survey_id
  http PUT /surveys/{survey_id}
  field survey_id    uuid                           required path "The survey."
  field municipality text 6                         required      "Who asks."
  field title        text 200                       required      "What it is called."
  field intro        text 1000                      required      "What it is for; stands at the head of the form."
  field kinds        list enum facility_kind max 3  required      "Which kinds of facilities are asked."
  field items        list enum facility_item max 40 required      "What is asked; of each facility, what fits its kind."
  field facilities   list uuid max 500              optional      "Only these of them."
  field due_on       date                           required      "Answers are asked for until this day."
