command fax_misdirected
  version 1
  about "誤送信 in one action: to whom it went, what it was, whether it was recovered.  The number is barred until it is tested again."
  from everyone
  to notify
  answer done
  key fax_id
  http POST /fax/sent/{fax_id}/misdirected
  field fax_id    uuid      required path     "Which."
  field sent_to   text 200  required personal "To whom it went."
  field what      text 1000 required personal "What was on it."
  field recovered bool      required          "The pages are back or destroyed."
