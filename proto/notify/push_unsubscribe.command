command push_unsubscribe
  version 1
  about "No more push messages to this browser."
  from everyone
  to notify
  answer done
  key subscription_id
  http DELETE /me/push/{subscription_id}
  field subscription_id uuid required path "Which."
