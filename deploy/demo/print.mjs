// print.mjs - says where to click after `make run`.
import fs from 'node:fs';
const region = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const shown = ['nurse-1-1', 'manager-1-1', 'doctor-1-1', 'proxy-1-1', 'helper-1', 'officer-1', 'centre-1', 'dispatch-1', 'admin-1', 'nurse-2-1'];
console.log(`\nThe demo region answers: ${region.base.replace('127.0.0.1', 'localhost')}/   (dispatch desk's simulator: ${region.simulator}/)\n`);
for (const key of shown) {
  const account = region.accounts.find((a) => a.key === key);
  if (account) console.log(`  ${account.login.padEnd(12)} ${account.password.padEnd(22)} ${account.role.padEnd(18)} ${account.name}（${account.office}）`);
}
console.log(`\nThe second factor's code is shown on the log-in page (only in this demo). All accounts: ${process.argv[3]}/region.json. Stop: make stop\n`);
