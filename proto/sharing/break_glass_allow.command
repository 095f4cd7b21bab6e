command break_glass_allow
  version 1
  about "A municipality allows or forbids looking without consent when life is in danger."
  from municipal_officer administrator
  to sharing
  answer done
  key municipality
  http PUT /municipalities/{municipality}/break-glass
  field municipality text 6 required path "Official code."
  field allowed      bool   required      "True: allowed."
