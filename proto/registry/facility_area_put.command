command facility_area_put
  version 1
  about "Say in which 日常生活圏域 a facility lies, whatever its address says."
  from curators
  to registry
  answer done
  key facility_id
  http PUT /facilities/{facility_id}/area
  field facility_id  uuid required path "The facility."
  field care_area_id uuid optional      "The area; absent: by its address."
