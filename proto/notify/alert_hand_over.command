command alert_hand_over
  version 1
  about "Offer a taken alert to somebody else; whoever holds it stays responsible until the other accepts."
  from everyone
  to notify
  answer alert_view
  key alert_id
  urgent
  http POST /alerts/{alert_id}/hand-over
  field alert_id  uuid required path "Which."
  field person_id uuid optional      "To whom; absent: to whoever has duty now."
