command night_visit_report_read
  version 1
  about "The attending or a deputy doctor has read a report."
  from doctor
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/night-visits/{visit_id}/read
  field patient_id uuid required path "About whom."
  field visit_id   uuid required path "Which."
