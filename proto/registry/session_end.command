command session_end
  version 1
  about "End one of one's own sessions on another device; an office's manager also those of the people who work there."
  from everyone
  to registry
  answer done
  key session_id
  http DELETE /sessions/{session_id}
  field session_id uuid required path "Which."
