command override_remove
  version 1
  about "Take back an override."
  from doctor clinic_proxy rota_office administrator operator
  to notify
  answer done
  key override_id
  http DELETE /overrides/{override_id}
  field override_id uuid required path "Which."
