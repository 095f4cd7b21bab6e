command support_desk_put
  version 1
  about "A municipality sets up a desk for questions about care at home, changes or closes it (O-01)."
  from curators
  to registry
  answer done
  key desk_id
  http PUT /support-desks/{desk_id}
  field desk_id      uuid     required path "The desk; chosen by the sender."
  field municipality text 6   required "Municipality that sets it up."
  field name         text 120 required "Name, such as 在宅医療・介護連携支援センター."
  field role         text 400 required "What it is there for."
  field operator     text 120 required "Who runs it."
  field address      text 200 required "Address."
  field phone        text 20  required "Telephone."
  field fax          text 20  optional "FAX."
  field email        text 200 optional "E-mail address."
  field hours        text 200 required "When it is open."
  field area         text 200 required "Which area it serves."
  field residents    bool     required "True: residents may turn to it themselves."
  field closed       bool     optional "True: no longer there."
