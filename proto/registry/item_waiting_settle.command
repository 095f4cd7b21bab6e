command item_waiting_settle
  version 1
  about "What a facility says of itself is taken into the record, or not."
  from municipal_officer administrator operator
  to registry
  answer done
  key facility_id
  http POST /facilities/{facility_id}/waiting
  field facility_id uuid               required path "The facility."
  field item        enum facility_item required      "Which."
  field notified    bool               optional      "True: as notified to the authorities."
  field approve     bool               required      "True: taken; false: not taken."
