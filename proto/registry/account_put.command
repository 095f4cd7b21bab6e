command account_put
  version 1
  about "Give a person an account; one account is one person."
  from municipal_officer administrator operator service_manager
  to registry
  answer done
  key person_id
  secret_answer
  http PUT /people/{person_id}/account
  field person_id   uuid     required path     "Whose."
  field login       text 120 required          "Login name."
  field password    text 200 required personal "First password."
  field totp_secret text 64  required personal "Secret for one-time codes, base32."
  field first_login bool     optional          "True: at the first log-in the person chooses a password of one's own."
