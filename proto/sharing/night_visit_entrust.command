command night_visit_entrust
  version 1
  about "Entrust visits at night or on holidays to another office's duty; only the attending or a deputy doctor."
  from doctor
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/night-entrusts
  field patient_id   uuid                       required path     "Whose."
  field entrust_id   uuid                       required          "Chosen by the sender."
  field office_id    uuid                       required          "Whose duty visits."
  field from         time                       required          "From when."
  field until        time                       required          "Until when."
  field bands        list enum night_band max 4 required          "When in that time."
  field request      text 1500                  required personal "What is wished, and what must be known."
  field call_doctor  bool                       required          "True: the doctor may be called at any hour."
  field doctor_phone text 20                    optional          "Where."
