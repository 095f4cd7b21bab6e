command office_approve
  version 1
  about "A municipality approves an office that has pledged, and says what its people may be; from then on its manager gives accounts. Or takes the approval back."
  from municipal_officer administrator operator
  to registry
  answer done
  key office_id
  http PUT /offices/{office_id}/approval
  field office_id uuid                  required path "Which office."
  field approved  bool                  required      "False: taken back."
  field roles     list enum role max 24 optional      "What its people may be; the manager's role needs no mention."
