command contact_route_remove
  version 1
  about "A contact route serves no more."
  from service_manager doctor clinic_proxy hospital_liaison hospital_night_desk rota_office municipal_officer administrator operator
  to notify
  answer done
  key office_id
  http DELETE /offices/{office_id}/routes/{route_id}
  field office_id uuid required path "The office."
  field route_id  uuid required path "The route."
