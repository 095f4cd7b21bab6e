command outbound_release
  version 1
  about "After a restore: confirm that messages may leave again."
  from operator administrator
  to notify
  answer done
  http POST /outbound/release
  field discard_older_than time optional "Messages queued before this are cancelled, not sent."
