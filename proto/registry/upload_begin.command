command upload_begin
  version 1
  about "Announce a file that will come in parts."
  from curators
  to registry
  answer upload_begin_answer
  http POST /uploads
  field name text 200 required "File name."
  field size i64      required "Bytes, at most 64 MiB."
