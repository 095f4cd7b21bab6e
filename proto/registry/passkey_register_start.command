command passkey_register_start
  version 1
  about "Ask for a challenge to register a passkey."
  from everyone
  to registry
  answer passkey_register_start_answer
  secret_answer
  http POST /passkeys/challenge
