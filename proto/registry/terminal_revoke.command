command terminal_revoke
  version 1
  about "A terminal or an invitation counts no more: sessions opened there lock like any other."
  from municipal_officer administrator operator
  to registry
  answer done
  key terminal_id
  http DELETE /offices/{office_id}/terminals/{terminal_id}
  field office_id   uuid required path "Of which office."
  field terminal_id uuid required path "Which."
