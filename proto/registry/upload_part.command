command upload_part
  version 1
  about "One part of a file; parts may come twice."
  from curators
  to registry
  answer done
  key upload_id
  stream
  http PUT /uploads/{upload_id}
  field upload_id uuid         required path "Which upload."
  field offset    i64          required      "First byte."
  field bytes     bytes 262144 required personal "The bytes."
