// not_yet.mjs - messages that nobody in the load sends yet; each of them is told as left out, by name, in what kill.t prints.  Only shorter.
export const notYet = new Set(`
  alert_arrived alert_ask_hospital alert_hand_over alert_hospital_answer alert_in_hand alert_raise alert_record_answer drill_contact_put drill_list
  ems_record_released break_glass_review
  absence_list chain closure_list closure_put closure_remove duty_table_import gap_list my_shifts fax_list fax_misdirected fax_number_confirm fax_number_list fax_number_put fax_send provider_callback reply_by_link reply_link override_add override_remove roster_month swap_answer swap_ask swap_withdraw
`.split(/\s+/).filter(Boolean));
