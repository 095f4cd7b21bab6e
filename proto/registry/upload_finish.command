command upload_finish
  version 1
  about "All parts are there."
  from curators
  to registry
  answer done
  key upload_id
  http POST /uploads/{upload_id}/finish
  field upload_id uuid    required path "Which upload."
  field sha256    text 64 optional      "Hex digest of the whole file."
