command absence_remove
  version 1
  about "Take back an absence."
  from doctor visiting_nurse clinic_proxy rota_office administrator operator
  to notify
  answer done
  key absence_id
  http DELETE /absences/{absence_id}
  field absence_id uuid required path "Which."
