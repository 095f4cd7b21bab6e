command provider_callback
  version 1
  about "A provider of calls, text messages or FAX tells what became of a message, which key was pressed, or what was replied (docs/adapters.md)."
  from anyone
  to notify
  answer reply_taken
  key adapter
  urgent
  raw body
  http POST /providers/{adapter}/callback
  field adapter      text 60      required path            "Name of the adapter's file."
  field key          text 200     required personal bearer "SECONDS.HEX: seconds since 1970, and the HMAC-SHA256 of SECONDS, a full stop and the body; or the callback's fixed key, as its file says."
  field body         bytes 65536  required personal        "JSON, or a form."
  field content_type text 100     optional                 "Its media type."
