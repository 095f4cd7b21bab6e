command office_put
  version 1
  about "Add or change an office: a clinic, a station, a care manager's office, a desk."
  from municipal_officer administrator operator
  to registry
  answer done
  key office_id
  http PUT /offices/{office_id}
  field office_id    uuid     required path "The office; chosen by the sender."
  field name         text 200 required "Name."
  field municipality text 6   required "Official code."
  field phone        text 20  optional "Telephone."
  field duty_phone   text 20  optional "Telephone day and night (当番携帯)."
  field email        text 200 optional "E-mail address."
  field facility_number text 20 optional "事業所番号 or 医療機関コード."
