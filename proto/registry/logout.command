command logout
  version 1
  about "End this session."
  from everyone
  to registry
  answer session_closed
  locked
  http POST /logout
