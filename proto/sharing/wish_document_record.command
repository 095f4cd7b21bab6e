command wish_document_record
  version 1
  about "Record that a document of wish exists: what, when, by whom, for which condition, where the paper is."
  from team
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/wish-documents
  field patient_id        uuid                required path     "Whose."
  field document_id       uuid                required          "Chosen by the sender."
  field kind              enum wish_kind      required          "Kind."
  field written_on        date                required          "Date on the paper."
  field issuer            enum wish_issuer    required          "Who made it."
  field issuer_name       text 120            optional personal "Name."
  field direction         enum wish_direction required personal "What it asks for."
  field assumed_condition text 400            optional personal "For which condition."
  field paper_at          text 200            optional          "Where the paper is."
