command facility_report_put
  version 1
  about "What is known of a facility differs: a task for who looks after it.  The sender hears what came of it (A-26)."
  from everyone
  to registry
  answer done
  key facility_id
  http POST /facilities/{facility_id}/reports
  field facility_id uuid      required path "The facility."
  field what        text 1000 required      "What is different, and how it is right."
