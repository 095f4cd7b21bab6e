command contact_route_put
  version 1
  about "How hospitals and doctors reach an office by day and by night (主治医と急変時診療医療機関の連絡方法); another number has to be tried anew."
  from service_manager doctor clinic_proxy hospital_liaison hospital_night_desk rota_office municipal_officer administrator operator
  to notify
  answer done
  key office_id
  http PUT /offices/{office_id}/routes/{route_id}
  field office_id uuid             required path "The office that is reached."
  field route_id  uuid             required path "Chosen by the sender."
  field time      enum route_time  required      "When it serves."
  field means     enum route_means required      "By what."
  field address   text 200         required      "Number, or what else it is."
  field note      text 400         optional      "Whom to ask for, and the like."
