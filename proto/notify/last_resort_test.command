command last_resort_test
  version 1
  about "Write down a test call to the last resort; due every month."
  from municipal_officer administrator operator rota_office
  to notify
  answer done
  key municipality
  http PUT /municipalities/{municipality}/last-resort/tests/{test_id}
  field municipality text 6   required path "Official code."
  field test_id      uuid     required path "Chosen by the sender."
  field answered     bool     required      "True: somebody answered."
  field note         text 400 optional      "What was noticed; required when nobody answered."
