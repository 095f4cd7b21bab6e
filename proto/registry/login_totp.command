command login_totp
  version 1
  about "Second factor: one-time code."
  from anyone
  to registry
  answer session_opened
  key ticket
  secret_answer
  http POST /login/totp
  field ticket text 64 required "From login_start."
  field code   text 6  required personal "Six digits."
