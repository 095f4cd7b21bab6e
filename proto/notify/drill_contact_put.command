command drill_contact_put
  version 1
  about "Say who is called in drills and exercises; nobody else is."
  from rota_office administrator municipal_officer operator
  to notify
  answer done
  key municipality
  http PUT /municipalities/{municipality}/drill-contacts
  field municipality text 6           required path "Official code."
  field people       list uuid max 50 required      "Persons."
  field offices      list uuid max 20 required      "Offices whose telephone may be called."
