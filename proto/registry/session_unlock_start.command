command session_unlock_start
  version 1
  about "Ask for a passkey challenge to unlock an idle session."
  from everyone
  to registry
  answer login_start_answer
  secret_answer
  locked
  http POST /session/unlock
