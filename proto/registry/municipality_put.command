command municipality_put
  version 1
  about "Add or change a municipality of the region."
  from administrator operator
  to registry
  answer done
  key code
  http PUT /municipalities/{code}
  field code       text 6  required path "Official code: six digits, or five without the check digit."
  field prefecture text 20 required "Prefecture."
  field name       text 60 required "Name."
  field desk_phone text 20 optional "Telephone of its desk."
  field reason     text 300 optional "Why it takes part although it lies in another 二次医療圏."
