command calendar_make
  version 1
  about "Make a secret address at which a calendar program reads duty; it can be revoked at any time."
  from doctor visiting_nurse clinic_proxy rota_office service_manager last_resort hospital_liaison municipal_officer administrator operator
  to notify
  answer calendar_made
  secret_answer
  http POST /calendars
  field scope       enum calendar_scope required "Whose duty."
  field rotation_id uuid optional "Which rotation (scope rotation)."
  field office_id   uuid optional "Which office (scope office); the reader's own unless said."
  field label       text 60 optional "What it is for, e.g. a telephone's name."
