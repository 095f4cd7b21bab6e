command terminal_phase_set
  version 1
  about "Begin or end 看取り; only the attending or a deputy doctor."
  from doctor
  to sharing
  answer done
  key patient_id
  http PUT /patients/{patient_id}/terminal-phase
  field patient_id           uuid    required path "Whose."
  field terminal_phase       bool    required      "True: begins."
  field since                date    required      "From which day."
  field terminal_first_phone text 20 optional      "Agreed first number."
