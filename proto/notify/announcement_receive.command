command announcement_receive
  version 1
  about "Confirm for the whole office that it has an announcement; the first confirmation stays."
  from everyone
  to notify
  answer announcement_receipt
  key announcement_id
  http POST /announcements/{announcement_id}/receipt
  field announcement_id uuid required path "Which."
