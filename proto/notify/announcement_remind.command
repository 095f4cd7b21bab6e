command announcement_remind
  version 1
  about "Tell once more those institutions that have not confirmed it, a day or longer after they were told."
  from municipal_officer consultation_desk administrator operator
  to notify
  answer announcement_reminded
  key announcement_id
  http POST /announcements/{announcement_id}/reminder
  field announcement_id uuid required path "Which."
