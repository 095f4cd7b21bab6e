command mandate_put
  version 1
  about "A municipality lets an office, such as a joint one, act for it; or the period changes (KU-11)."
  from administrator operator
  to registry
  answer done
  key mandate_id
  http PUT /mandates/{mandate_id}
  field mandate_id   uuid     required path "The mandate; chosen by the sender."
  field municipality text 6   required "Municipality that is acted for."
  field office_id    uuid     required "The office that acts."
  field from         date     required "First day."
  field to           date     optional "Last day."
  field given_by     text 200 required "By whose decision, such as 町議会の議決 2026年3月."
