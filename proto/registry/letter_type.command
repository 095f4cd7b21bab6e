command letter_type
  version 1
  about "An officer types what came back on paper, under its return code."
  from municipal_officer administrator operator
  to registry
  answer done
  key code
  http POST /letter-codes/{code}
  field code     text 40                                required path "As printed."
  field items    list record facility_item_given max 40 required      "What was not known or is different."
  field consents list record letter_consent max 40      required      "Whom items may be shown to."
  field given_by text 120                               required      "Who of the facility answered."
  field seconds  i64                                    optional      "How long the form was in use."
