command person_put
  version 1
  about "Add or change a person who works in the region."
  from municipal_officer administrator operator service_manager
  to registry
  answer done
  key person_id
  http PUT /people/{person_id}
  field person_id uuid     required path     "The person; chosen by the sender."
  field name      text 120 required personal "Name."
  field name_kana text 120 required personal "Name in kana."
  field email     text 200 optional personal "E-mail address for notices."
  field phone     text 20  optional personal "Telephone for notices."
