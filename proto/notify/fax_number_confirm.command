command fax_number_confirm
  version 1
  about "The code on the test page, as the office read it out."
  from everyone
  to notify
  answer done
  key office_id
  http POST /fax/numbers/{office_id}/confirm
  field office_id uuid    required path "Office."
  field code      text 20 required      "Code on the test page."
