command office_choose
  version 1
  about "Act for another of one's offices."
  from everyone
  to registry
  answer done
  secret_answer
  http POST /session/office
  field office_id uuid required "Which office."
  field municipality text 6 optional "Act for this one, which lets the office do so; absent: the office's own."
