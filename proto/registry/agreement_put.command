command agreement_put
  version 1
  about "Record an agreement between two municipalities on sharing (KU-08)."
  from administrator operator
  to registry
  answer done
  key agreement_id
  http PUT /agreements/{agreement_id}
  field agreement_id uuid   required path "The agreement; chosen by the sender."
  field giving       text 6 required "Municipality whose records are opened."
  field receiving    text 6 required "Municipality that may see them."
  field from         date   required "First day."
  field to           date   optional "Last day."
  field kinds       list enum agreement_kind max 8 optional "What is opened; absent: people's records."
  field professions list enum role max 24 optional "To whom there; absent: to every profession."
