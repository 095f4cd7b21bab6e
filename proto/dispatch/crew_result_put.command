command crew_result_put
  version 1
  about "How the run ended, in at most three taps; times are prefilled."
  from dispatch_desk ambulance_crew
  to dispatch
  answer done
  key incident_id
  http POST /dispatch/incidents/{incident_id}/result
  field incident_id    uuid                   required path "The incident."
  field outcome        enum transport_outcome required "How it ended."
  field hospital_name  text 200               optional "Destination."
  field hospital_phone text 20                optional "Its telephone."
  field arrived_at     time                   optional "Arrival; standard now."
  field family_joined  bool                   optional "Family came along."
  field handed_to      text 60                optional "To whom the person was handed over."
