command passkey_register
  version 1
  about "Register a passkey of this device."
  from everyone
  to registry
  answer done
  secret_answer
  http POST /passkeys
  field ticket      text 64   required          "From passkey_register_start."
  field client_data text 2000 required personal "clientDataJSON, base64url."
  field attestation text 8000 required personal "attestationObject, base64url."
  field label       text 80   required          "What the person calls this device."
