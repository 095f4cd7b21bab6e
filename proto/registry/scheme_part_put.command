command scheme_part_put
  version 1
  about "An office joins the scheme of attending and deputy doctors (主治医・副主治医制): for a time, on which days, at which hours and for what it comes.  A part that has begun only ends; what changes is a new part."
  from service_manager doctor clinic_proxy rota_office municipal_officer administrator operator
  to registry
  answer done
  key office_id
  http PUT /offices/{office_id}/scheme/{part_id}
  field office_id uuid                           required path "The office."
  field part_id   uuid                           required path "Chosen by the sender."
  field from      date                           required      "First day."
  field until     date                           optional      "Last day; absent: until further notice."
  field bands     list record scheme_band max 40 required      "When it comes."
  field note      text 600                       optional      "Diseases and the like, in words."
  field withdrawn bool                           optional      "True: taken back before it began."
