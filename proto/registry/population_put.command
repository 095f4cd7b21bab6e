command population_put
  version 1
  about "How many people live in a municipality or in one of its daily-life areas (A-31)."
  from curators
  to registry
  answer done
  key municipality
  http PUT /populations/{municipality}/{year}
  field municipality text 6   required path "Municipality."
  field year         i64      required path "Of which year."
  field care_area_id uuid     optional "The daily-life area; absent: the whole municipality."
  field people_75    i64      required "People of 75 and older."
  field people       i64      optional "All people."
  field source       text 200 required "From where, such as 住民基本台帳 2026年1月1日."
