command swap_withdraw
  version 1
  about "Take back a swap one has asked for; an accepted one only before its first shift, by either party or the rota office."
  from doctor visiting_nurse rota_office administrator
  to notify
  answer done
  key swap_id
  http DELETE /swaps/{swap_id}
  field swap_id uuid required path "Which."
