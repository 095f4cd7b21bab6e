command swap_ask
  version 1
  about "Ask a colleague to take one's shift, against one of his or as it is; nothing changes before he accepts."
  from doctor visiting_nurse
  to notify
  answer done
  key swap_id
  http POST /swaps
  field swap_id          uuid     required "Chosen by the sender."
  field rotation_id      uuid     required "The rotation of the own shift."
  field from             time     required "Start of the own shift, or of a part of it."
  field to               time     required "End."
  field taker            uuid     required "Who is asked."
  field back_rotation_id uuid     optional "The rotation of the shift taken in return; with its times, or all three absent."
  field back_from        time     optional "Start of the shift taken in return."
  field back_to          time     optional "End."
  field reason           text 120 optional "Why."
