command care_area_put
  version 1
  about "Draw a 日常生活圏域: its name and its towns.  Offices whose address begins with one lie in it, unless an officer said otherwise."
  from curators
  to registry
  answer done
  key municipality
  http PUT /areas/care/{care_area_id}
  field care_area_id uuid                 required path "The area; made by who draws it."
  field municipality text 6               required "Whose."
  field name         text 60              required "Name."
  field towns        list text 90 max 500 required "Beginnings of addresses behind the municipality; the longest that fits decides."
  field removed      bool                 optional "True: it is not used any more."
