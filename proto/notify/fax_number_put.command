command fax_number_put
  version 1
  about "An office's FAX number; a coded test page is sent before anything else, and again after every change."
  from everyone
  to notify
  answer done
  key office_id
  http PUT /fax/numbers/{office_id}
  field office_id uuid    required path "Office."
  field number    text 60 required      "Number; full-width digits are fine."
