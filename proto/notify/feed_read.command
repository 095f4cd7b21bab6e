command feed_read
  version 1
  about "Mark notices as read up to a position."
  from everyone
  to notify
  answer done
  http POST /feed/read
  field position i64 required "Up to and including."
