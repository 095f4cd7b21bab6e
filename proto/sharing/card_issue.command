command card_issue
  version 1
  about "Issue a 安心連携カード with a random number; an older one stops at once."
  from team
  to sharing
  answer card_issued
  key patient_id
  http POST /patients/{patient_id}/cards
  field patient_id uuid required path "Whose."
  field card_id    uuid required      "Chosen by the sender."
