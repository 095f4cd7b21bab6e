command sheet_section_update
  version 1
  about "Replace one section of a person's sharing sheet."
  from team
  to sharing
  answer sheet_section_updated
  conflict sheet_conflict
  key patient_id
  http PUT /patients/{patient_id}/sheet/{section}
  field patient_id   uuid                           required path     "Whose sheet."
  field section      enum sheet_section             required path     "Which section."
  field base_version i64                            required if_match "Version of the section the editor was looking at; 0 when it was empty."
  field entries      list record sheet_entry max 12 required personal "The section as it shall read."
  field urgent       bool                           optional          "True marks a change the team must notice today."
