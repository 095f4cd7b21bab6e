// not_yet.mjs - messages that nobody in the load sends yet; each of them is told as left out, by name, in what kill.t prints.  Only shorter.
export const notYet = new Set(`
  calendar_feed calendar_list calendar_make calendar_revoke duty_sheet duty_sheet_rows fairness
`.split(/\s+/).filter(Boolean));
