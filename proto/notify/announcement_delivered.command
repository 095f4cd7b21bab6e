command announcement_delivered
  version 1
  about "Write down that an institution was handed an announcement or got it by FAX."
  from municipal_officer consultation_desk administrator operator
  to notify
  answer done
  key announcement_id
  http PUT /announcements/{announcement_id}/offices/{office_id}/delivery
  field announcement_id uuid                  required path "Which."
  field office_id       uuid                  required path "The institution."
  field by              enum announcement_way required      "fax or by_hand."
  field on              date                  required      "When; from the day it was sent until today."
