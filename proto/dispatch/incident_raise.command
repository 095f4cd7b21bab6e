command incident_raise
  version 1
  about "医師と話したい: crew or desk raise an incident to the full response by one key."
  from dispatch_desk ambulance_crew
  to dispatch
  answer done
  key incident_id
  urgent
  http POST /dispatch/incidents/{incident_id}/raise
  field incident_id uuid required path "The incident."
