command fax_number_unconfirm
  version 1
  about "An office's FAX number is no longer sure: no patient's page goes there before another test page is confirmed."
  from everyone
  to notify
  answer done
  key office_id
  http POST /fax/numbers/{office_id}/unconfirm
  field office_id uuid required path "Office."
