command facility_proofs_put
  version 1
  about "Facilities get a proof of what residents will see of them: a link of their own that confirms or corrects (A-17).  One that is outstanding goes on with the same link."
  from curators
  to registry
  answer done
  http POST /facility-proofs
  field facilities list uuid max 200 required "Which."
