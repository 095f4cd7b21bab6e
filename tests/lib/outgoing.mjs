// outgoing.mjs - N-58 for a whole region: of everything that the outside received (calls, texts, mails, webhooks, FAX; DATA/simulator/received.jsonl)
// nothing names a person in care.  Run by with-region after its command, while the database still answers.  What goes to a fire organisation
// by agreement (ems.reply, CAP) is not searched: EMS-07 to EMS-10 say what may stand there.
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';

const { DATA, RUN } = process.env, file = `${DATA}/simulator/received.jsonl`;
if (!fs.existsSync(file)) { console.log('# N-58: the outside received nothing'); process.exit(0); }
const asOwner = process.getuid() === 0 ? ['setpriv', '--reuid=renkei', '--regid=renkei', '--init-groups'] : [];
const [command, ...rest] = [...asOwner, 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-h', RUN, '-U', 'postgres', '-c',
  `select distinct word from (select name, name_kana, birth_date, phone, null as address from notify.patient
      union all select name, name_kana, birth_date, phone, address from sharing.patient_head) p,
    unnest (array[name, translate (name, ' 　', ''), name_kana, translate (name_kana, ' 　', ''), birth_date::text, to_char (birth_date, 'FMYYYY年FMMM月FMDD日'), phone, address]) word
   where length (word) > 2`, 'renkei'];
const words = execFileSync(command, rest, { encoding: 'utf8', cwd: '/' }).split('\n').filter(Boolean);

// A mail as a person reads it: encoded words of the head, base64 of the parts.
function plain(mail) {
  const decoded = mail.replace(/=\?utf-8\?b\?([^?]*)\?=\s*/gi, (_, text) => Buffer.from(text, 'base64').toString('utf8'));
  return decoded + (decoded.match(/(?:^[A-Za-z0-9+/]{20,}={0,2}\n?)+/gm) ?? []).map((part) => Buffer.from(part, 'base64').toString('utf8')).join('\n');
}
const byAgreement = (body) => (typeof body === 'string' ? body.includes('urn:oasis:names:tc:emergency:cap') : body?.type?.startsWith('ems.'));

const messages = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter(({ body }) => !byAgreement(body));
const found = [];
for (const one of messages) {
  const text = one.channel === 'mail' ? plain(one.text ?? '') : JSON.stringify(one), word = words.find((each) => text.includes(each));
  if (word) found.push(`# N-58: "${word}" left by ${one.channel}: ${text.slice(0, 300).replace(/\n/g, ' ')}`);
}
if (!words.length) found.push('# N-58: nobody is in care here, so nothing was looked for');
console.log(found.length ? found.slice(0, 5).join('\n') : `# N-58: ${messages.length} messages to the outside, none names one of the people in care (${words.length} words looked for)`);
process.exit(found.length ? 1 : 0);
