command night_visit_report
  version 1
  about "Report a visit at night or on a holiday to the attending doctor; a correction is a further report."
  from doctor visiting_nurse
  to sharing
  answer done
  key patient_id
  http POST /patients/{patient_id}/night-visits
  field patient_id     uuid      required path     "Whose."
  field visit_id       uuid      required          "Chosen by the sender."
  field entrust_id     uuid      optional          "For which entrustment."
  field alert_id       uuid      optional          "In which emergency."
  field corrects       uuid      optional          "The report that this one corrects."
  field visited_at     time      required          "Arrived."
  field left_at        time      required          "Left."
  field found          text 3000 required personal "What was found."
  field done           text 3000 required personal "What was done."
  field drugs          text 1500 optional personal "Drugs given."
  field told_family    text 1500 optional personal "What the family was told."
  field doctor_today   text 1500 optional personal "What the attending doctor should do today."
  field transported    bool      required          "True: taken to a hospital."
  field transported_to text 200  optional          "To which."
