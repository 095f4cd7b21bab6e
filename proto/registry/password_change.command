command password_change
  version 1
  about "Change one's own password; every other device is logged out."
  from everyone
  to registry
  answer done
  secret_answer
  http PUT /password
  field password     text 200 required personal "The present one."
  field new_password text 200 required personal "The new one."
