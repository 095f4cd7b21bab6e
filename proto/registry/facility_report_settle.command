command facility_report_settle
  version 1
  about "A report that information differs is settled; who reported hears of it (A-26)."
  from curators
  to registry
  answer done
  key report_id
  http POST /facility-reports/{report_id}/settle
  field report_id uuid                required path "The report."
  field outcome   enum report_outcome required      "What came of it."
  field words     text 1000           optional      "In words, for who reported."
