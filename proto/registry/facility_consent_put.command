command facility_consent_put
  version 1
  about "Whom a facility allows these items to be shown to.  It holds at once; fewer audiences than before is a withdrawal."
  from service_manager doctor clinic_proxy municipal_officer administrator operator
  to registry
  answer done
  key facility_id
  http POST /facilities/{facility_id}/consent
  field facility_id uuid                            required path "The facility."
  field items       list enum facility_item max 40  required      "Which items."
  field audiences   list enum audience max 3        required      "Whom they may be shown to; empty: nobody but who keeps the record."
  field given_by    text 120                        required      "Who of the facility said so."
  field given_on    date                            required      "When; not in the future."
  field seconds     i64   optional "How long the form was in use; for the upkeep report."
