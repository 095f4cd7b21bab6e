command office_phones_put
  version 1
  about "Which telephones of an office ring in an emergency, in this order, and at which hours each is answered; none: the registered ones, always."
  from service_manager doctor clinic_proxy rota_office municipal_officer administrator operator
  to notify
  answer done
  key office_id
  http PUT /offices/{office_id}/phones
  field office_id uuid                           required path "The office."
  field phones    list record office_phone max 6 required      "In the order in which they are tried."
