command facility_proof_put
  version 1
  about "The office confirms its proof or asks for a correction, logged in; or an officer writes down what came back on paper or from a body for its members (A-17)."
  from service_manager doctor clinic_proxy municipal_officer administrator operator
  to registry
  answer done
  key facility_id
  http POST /facilities/{facility_id}/proof
  field facility_id uuid      required path "Which."
  field correction  text 1000 optional      "What is to be corrected; absent: all is right."
  field given_by    text 120  required      "Who answers for the office."
