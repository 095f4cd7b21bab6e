command logout
  version 1
  about "End this session."
  from everyone
  to registry
  answer session_closed
  http POST /logout
