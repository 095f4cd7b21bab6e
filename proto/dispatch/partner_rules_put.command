command partner_rules_put
  version 1
  about "What each complaint starts, as approved by the medical association; what is not named follows the standard."
  from administrator operator
  to dispatch
  answer done
  key partner_id
  http PUT /dispatch/partners/{partner_id}/rules
  field partner_id uuid                       required path "The partner."
  field rules      list record partner_rule max 18 required "All rows; those not named any more are gone."
