command first_login_done
  version 1
  about "Somebody with a new account has changed the first password, looked at the second factor and read the guidance."
  from everyone
  to registry
  answer done
  http PUT /me/first-login
