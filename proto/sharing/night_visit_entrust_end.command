command night_visit_entrust_end
  version 1
  about "Take an entrustment back; only the attending or a deputy doctor."
  from doctor
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/night-entrusts/{entrust_id}/end
  field patient_id uuid required path "Whose."
  field entrust_id uuid required path "Which."
