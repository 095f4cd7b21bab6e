command card_revoke
  version 1
  about "A card is lost or no longer wanted; its number finds nobody from now on."
  from team
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/cards/{card_id}/revoke
  field patient_id uuid            required path "Whose."
  field card_id    uuid            required path "Which."
  field state      enum card_state required      "lost or ended."
