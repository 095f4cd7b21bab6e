command closure_put
  version 1
  about "Close a municipality or an office on some days, beside the statutory holidays."
  from doctor clinic_proxy rota_office municipal_officer administrator operator
  to notify
  answer done
  key closure_id
  http PUT /closures/{closure_id}
  field closure_id   uuid     required path "Chosen by the sender."
  field municipality text 6   optional      "The municipality's calendar; either this or an office."
  field office_id    uuid     optional      "The office's calendar."
  field first_day    date     required      "First day."
  field last_day     date     required      "Last day; at most 31 days in all."
  field name         text 120 required      "What it is called: お盆休み, 開院記念日."
