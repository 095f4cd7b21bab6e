command letter_answer
  version 1
  about "A facility answers a letter by its link: what it does not mention stays and counts as confirmed."
  from anyone
  to registry
  answer done
  key token
  http POST /letters/{token}
  field token    text 120                               required path personal "Out of the link."
  field items    list record facility_item_given max 40 required      "What was not known or is different."
  field consents list record letter_consent max 40      required      "Whom items may be shown to."
  field given_by text 120                               required      "Who of the facility answers."
  field seconds  i64                                    optional      "How long the form was in use."
