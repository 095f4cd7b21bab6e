command swap_answer
  version 1
  about "Accept or decline a swap; accepted, it is in force at once."
  from doctor visiting_nurse
  to notify
  answer done
  key swap_id
  http POST /swaps/{swap_id}/answer
  field swap_id uuid required path "Which."
  field accept  bool required      "True: I take the shift."
