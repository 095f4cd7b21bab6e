command push_subscribe
  version 1
  about "Push messages to this browser of the actor."
  from everyone
  to notify
  answer done
  key subscription_id
  http PUT /me/push/{subscription_id}
  field subscription_id uuid      required path     "Chosen by the sender; the same browser keeps it."
  field endpoint        text 1000 required personal "Address of the push service."
  field p256dh          text 100  required personal "Public key of the browser (base64url)."
  field auth            text 40   required personal "Secret of the browser (base64url)."
  field label           text 60   optional personal "What the person calls the device."
