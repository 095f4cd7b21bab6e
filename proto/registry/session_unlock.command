command session_unlock
  version 1
  about "Unlock an idle session by passkey or one-time code."
  from everyone
  to registry
  answer done
  secret_answer
  locked
  http PUT /session/unlock
  field ticket    text 64                  required          "From session_unlock_start."
  field code      text 6                   optional personal "One-time code, or"
  field assertion record passkey_assertion optional personal "passkey."
