command duty_table_import
  version 1
  about "Set a rotation's month from a table: CSV, or text pasted from Excel. Dates, bands, names; 26:00 is understood."
  from rota_office administrator operator
  to notify
  answer duty_table_import_answer
  key rotation_id
  http POST /rotations/{rotation_id}/table
  field rotation_id uuid       required path     "Which rotation."
  field table_id    uuid       required          "Chosen by the sender."
  field month       text 7     required          "YYYY-MM; shifts that begin in it are replaced."
  field text        text 60000 required personal "The table; lines of date, band, name; separated by tab or comma."
  field run         bool       required          "False: only try and show what would be."
