command municipality_put
  version 1
  about "Add or change a municipality of the region."
  from administrator operator
  to registry
  answer done
  key code
  http PUT /municipalities/{code}
  field code       text 6  required path "Official code."
  field prefecture text 20 required "Prefecture."
  field name       text 60 required "Name."
  field desk_phone text 20 optional "Telephone of its desk."
