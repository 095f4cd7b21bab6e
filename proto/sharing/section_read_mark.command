command section_read_mark
  version 1
  about "Say: I have read this version."
  from team
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/sheet/{section}/read
  field patient_id uuid               required path "Whose."
  field section    enum sheet_section required path "Which section."
  field version    i64                required      "Which version."
