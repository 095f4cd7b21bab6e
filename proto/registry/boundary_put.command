command boundary_put
  version 1
  about "Say where a municipality lies, for the map of facilities (A-19)."
  from administrator operator
  to registry
  answer done
  key municipality
  http PUT /boundaries/{municipality}
  field municipality     text 6              required path "Official code, six digits; wards too."
  field name             text 60             required "Name, with the city for a ward."
  field edition          date                required "Day the outlines are of."
  field credit           text 200            required "Whose data they are, as they want to be named."
  field rings            list i64 max 2000   required "Points of each closed outline."
  field points           list i64 max 60000  required "All points one after another: degrees east, degrees north, both in millionths."
  field office_name      text 60             optional "The municipality's office."
  field office_latitude  decimal             optional "Degrees north."
  field office_longitude decimal             optional "Degrees east."
