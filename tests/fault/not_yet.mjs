// not_yet.mjs - messages that nobody in the load sends yet; each of them is told as left out, by name, in what kill.t prints.  Only shorter.
export const notYet = new Set(`
  absence_list chain closure_list closure_put closure_remove duty_table_import gap_list my_shifts provider_callback reply_by_link reply_link override_add override_remove roster_month swap_answer swap_ask swap_withdraw
`.split(/\s+/).filter(Boolean));
