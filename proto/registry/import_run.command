command import_run
  version 1
  about "Write what the dry run has shown."
  from curators
  to registry
  answer done
  key import_id
  http POST /imports/{import_id}/run
  field import_id uuid required path "Which import."
