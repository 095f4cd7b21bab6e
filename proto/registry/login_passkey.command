command login_passkey
  version 1
  about "Second factor: passkey with user verification."
  from anyone
  to registry
  answer session_opened
  key ticket
  secret_answer
  http POST /login/passkey
  field ticket    text 64                  required          "From login_start."
  field assertion record passkey_assertion required personal "Signed by the authenticator."
