command closure_remove
  version 1
  about "Take back a closure."
  from doctor clinic_proxy rota_office municipal_officer administrator operator
  to notify
  answer done
  key closure_id
  http DELETE /closures/{closure_id}
  field closure_id uuid required path "Which."
