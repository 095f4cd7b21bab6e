// not_yet.mjs - messages that nobody in the load sends yet; each of them is told as left out, by name, in what kill.t prints.  Only shorter.
export const notYet = new Set(`
`.split(/\s+/).filter(Boolean));
