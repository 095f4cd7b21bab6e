command last_resort_put
  version 1
  about "Set the last resort of a municipality: a staffed desk, reached by voice, always last."
  from municipal_officer administrator operator
  to notify
  answer done
  key municipality
  http PUT /municipalities/{municipality}/last-resort
  field municipality text 6   required path "Official code."
  field office_id    uuid     required      "The desk."
  field name         text 200 required      "Name people know."
  field phone        text 20  required      "Telephone, staffed day and night."
