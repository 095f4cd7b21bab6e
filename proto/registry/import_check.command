command import_check
  version 1
  about "Dry run: read the file and say what an import would do; nothing is written."
  from curators
  to registry
  answer import_begin_answer
  key upload_id
  http POST /imports
  field upload_id   uuid    required "The file."
  field profile     text 40 required "Form of the file, as import_profile_list names it: kaigo-jigyosho."
  field source_date date    optional "Date the file describes."
  field encoding    text 10 optional "utf-8 or cp932; found out when absent."
  field force       bool    optional "Take a file whose shape is suspicious, or that is older than what was imported."
  field partial     bool    optional "The file holds only a part: what it leaves out is not missing.  Rows that come back corrected are always that."
