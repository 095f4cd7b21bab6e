command facility_confirm
  version 1
  about "No change: everything known of the facility is confirmed as of now, in one action."
  from service_manager doctor clinic_proxy municipal_officer administrator operator
  to registry
  answer done
  key facility_id
  http POST /facilities/{facility_id}/confirm
  field facility_id uuid required path "The facility."
  field seconds     i64   optional "How long the form was in use; for the upkeep report."
