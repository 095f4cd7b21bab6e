command staff_import
  version 1
  about "Give everybody in a list of one office a place and an account, all or nobody; the answer carries the letters with the first passwords, once."
  from municipal_officer administrator operator service_manager
  to registry
  answer staff_import_answer
  key office_id
  secret_answer
  http POST /offices/{office_id}/staff
  field office_id uuid       required path     "Which office."
  field text      text 60000 required personal "Lines of name, kana, log-in name, roles, e-mail, telephone; comma or tab; with a head line or without."
  field run       bool       required          "False: only look and say what would be."
