command partner_put
  version 1
  about "Set up a partner: a fire organisation, how it writes and what it may see."
  from administrator operator
  to dispatch
  answer done
  key partner_id
  secret_answer
  http PUT /dispatch/partners/{partner_id}
  field partner_id     uuid                      required path     "Chosen by the sender."
  field name           text 120                  required          "Fire organisation."
  field office_id      uuid                      optional          "Its office in the registry: its desk and crews see its incidents."
  field region         text 120                  required          "How it addresses this region."
  field municipalities list text 6 max 50        required          "Official codes it covers."
  field senders        list text 120 max 20      required          "Addresses it may send as."
  field formats        list enum message_format max 4 required     "How it writes."
  field fields         list text 40 max 40       optional          "Items it may see; absent: the agreed list whole."
  field break_glass    bool                      required          "May it look without consent when life is in danger?"
  field reply_format   enum message_format       optional          "json or cap; absent: as it wrote."
  field webhook_url    text 300                  optional          "Where replies go; absent: it fetches them."
  field webhook_secret text 120                  optional personal "Standard Webhooks secret, whsec_…; absent: stays."
  field mail_template  text 4000                 optional          "指令メール: one item a line, NAME=words before the value."
  field enabled        bool                      required          "False stops it at once."
