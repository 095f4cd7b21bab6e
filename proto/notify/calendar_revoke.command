command calendar_revoke
  version 1
  about "Nobody reads this calendar's address any more, from now on."
  from everyone
  to notify
  answer done
  http DELETE /calendars/{calendar_id}
  field calendar_id uuid required path "Which calendar."
