command terminal_register
  version 1
  about "This device becomes a terminal of the office acted for."
  from everyone
  to registry
  answer terminal_registered
  secret_answer
  http POST /terminal
  field code text 60 required personal "As read aloud; full-width and small letters, blanks and hyphens are fine."
