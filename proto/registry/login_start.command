command login_start
  version 1
  about "First factor: name and password."
  from anyone
  to registry
  answer login_start_answer
  key login
  secret_answer
  http POST /login
  field login    text 120 required          "Login name."
  field password text 200 required personal "Password."
