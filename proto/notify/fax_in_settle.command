command fax_in_settle
  version 1
  about "A person decides in one action what becomes of a FAX that came in; `waiting` takes an earlier decision back."
  from everyone
  to notify
  answer done
  key fax_in_id
  http POST /fax/inbox/{fax_in_id}/settle
  field fax_in_id uuid              required path "Which."
  field state     enum fax_in_state required "filed, given, misdirected, discarded or waiting."
  field version   i64               required "Of the row that was looked at."
  field fax_id    uuid              optional "filed: the FAX it answers."
  field person_id uuid              optional "given: a colleague of the office."
  field note      text 300          optional personal "discarded: why; misdirected: whose it was and who was told; waiting: why."
