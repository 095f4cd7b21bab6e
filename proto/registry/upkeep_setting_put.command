command upkeep_setting_put
  version 1
  about "How often facilities are asked to confirm, and which items of theirs have to be approved."
  from municipal_officer administrator operator
  to registry
  answer done
  key municipality
  http PUT /upkeep/{municipality}
  field municipality text 6                          required path "Official code."
  field months       i64                             required      "Every so many months, 1 to 60."
  field review_items list enum facility_item max 40  required      "Changes by the facility itself wait for approval."
