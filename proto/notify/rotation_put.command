command rotation_put
  version 1
  about "Add or change a duty rotation."
  from rota_office administrator operator
  to notify
  answer done
  key rotation_id
  http PUT /rotations/{rotation_id}
  field rotation_id  uuid                       required path "The rotation; chosen by the sender."
  field name         text 120                   required "Name."
  field municipality text 6                     required "For which municipality."
  field kind         enum rotation_kind         required "How often it hands over."
  field advance      enum rotation_advance      required "When the turn passes on."
  field anchor       date                       required "Day the first member's turn begins."
  field handoff_minute i64                      required "Minutes after midnight in Japan, 0 to 1439."
  field day_classes  list enum day_class max 7  required "Days it covers."
  field from_minute  i64                        required "Start of its band, minutes after midnight."
  field to_minute    i64                        required "End of its band, up to 2880."
  field members      list uuid max 60           required "In order of turn."
  field office_ids   list uuid max 60           required "Each member's office, in the same order."
  field weekdays     list i64 max 7             optional "Covers only these: 1 Monday to 7 Sunday; absent means all."
  field weeks        list i64 max 5             optional "Covers only these weekdays of the month: 1 to 4 the first to fourth, 5 the last; absent means all."
