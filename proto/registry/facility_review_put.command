command facility_review_put
  version 1
  about "Mark facilities as reviewed, so that residents see them: showing the record does not hinder coordination between professionals (A-16).  Or take the mark back; it holds at once."
  from curators
  to registry
  answer done
  http POST /facility-reviews
  field facilities list uuid max 200 required "Which."
  field reviewed   bool              required "True: residents may see them; false: not any more."
  field why        text 400          optional "When the mark is taken back: why."
