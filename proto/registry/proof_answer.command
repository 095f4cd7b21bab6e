command proof_answer
  version 1
  about "The office confirms its proof or asks for a correction, by its link."
  from anyone
  to registry
  answer done
  key token
  http POST /proofs/{token}
  field token      text 120  required path personal "Out of the link."
  field correction text 1000 optional      "What is to be corrected; absent: all is right."
  field given_by   text 120  required      "Who answers for the office."
