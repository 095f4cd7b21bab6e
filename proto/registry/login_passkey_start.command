command login_passkey_start
  version 1
  about "Log in by a passkey alone: it proves device and person at once (a shared device, a change of shift)."
  from anyone
  to registry
  answer login_start_answer
  secret_answer
  http POST /login/passkey/start
