command incident_in_hand
  version 1
  about "対応中: crew or desk say by one key that the crew is with the person; no announced arrival is overdue any more."
  from dispatch_desk ambulance_crew
  to dispatch
  answer done
  key incident_id
  urgent
  http POST /dispatch/incidents/{incident_id}/in-hand
  field incident_id uuid required path "The incident."
