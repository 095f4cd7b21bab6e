// FAX, out and back: a number is tested by its page, an answer files itself as the TIFF a FAX server makes of it, and what bears no code waits
// for a person.  The provider is the simulator; what it was given is laid down as if the other office had sent it back.
import crypto from 'node:crypto';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { BASE, DATA, is, number, officeOf, ok, region, scenario, session, until } from './lib.mjs';

const clinic = officeOf('clinic-1-2'), station = officeOf('station-1'), phone = '0990-70-0002';
const folder = `${DATA}/fax-in/${station.office_id}`;

// The sheet that the simulator was given for that number, newest last.
async function sheets() {
  const received = await (await fetch(`${region.simulator}/received.json`)).json();
  return received.filter((one) => one.channel === 'fax' && one.body.to.replace(/\D/g, '') === phone.replace(/\D/g, '')).map((one) => Buffer.from(one.body.page, 'base64'));
}

function layDown(name, bytes) {
  fs.writeFileSync(`${folder}/.${name}`, bytes, { mode: 0o644 });
  fs.renameSync(`${folder}/.${name}`, `${folder}/${name}`);
}

const mailOf = (pdf) => `Subject: FAX ${phone}\nMIME-Version: 1.0\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n${pdf.toString('base64')}\n`;

function tiffOf(pdf) {
  fs.writeFileSync(`${DATA}/sheet.pdf`, pdf);
  execFileSync('pdftocairo', ['-tiff', '-mono', '-r', '204', '-singlefile', `${DATA}/sheet.pdf`, `${DATA}/sheet`]);
  return fs.readFileSync(`${DATA}/sheet.tif`);
}

scenario(async () => {
  const nurse = await session('nurse-1-1'), stranger = await session('nurse-2-1'), fax = crypto.randomUUID();
  const patient = region.patients.find((one) => one.nurse === 'nurse-1-1' && one.consented);
  await nurse.must('PUT', `/fax/numbers/${clinic.office_id}`, { number: phone });
  const test = await until(async () => (await sheets())[0], 15000);
  ok(test?.subarray(0, 5).toString() === '%PDF-', 'a test page goes out');
  layDown('test.eml', mailOf(test));
  const confirmed = () => nurse.must('GET', '/fax/numbers').then(({ numbers }) => numbers.find((one) => one.office_id === clinic.office_id).state === 'confirmed');
  ok(await until(confirmed, 15000, 200), 'what comes back from that number confirms it');

  await nurse.must('PUT', `/fax/sent/${fax}`, { patient_id: patient.patient_id, office_id: clinic.office_id, office: clinic.name, number: phone, title: '状態の照会', text: 'ご返信をお願いします。', wants_answer: true });
  const sheet = await until(async () => (await sheets())[1], 15000);
  layDown('answer.tif', tiffOf(sheet));
  const line = await until(async () => (await nurse.must('GET', '/fax/sent')).faxes.find((one) => one.fax_id === fax && one.answers?.length), 15000, 200);
  is(line?.answers.length, 1, 'our own coded page, come back as a TIFF, files itself beside the FAX it answers');
  ok(await until(() => !fs.existsSync(`${folder}/answer.tif`), 5000), '…and its file is gone');
  is(number(`select count(*) from notify.feed where kind = 28 and patient_id = '${patient.patient_id}'`), 1, '…and its sender is told');

  const waiting = await until(async () => (await nurse.must('GET', '/fax/inbox')).waiting.find((one) => one.number === '0990700001'), 15000, 200);
  is([waiting?.why, waiting?.pages, waiting?.office], ['no_code', 1, officeOf('pharmacy-1').name], 'a FAX without a code waits in the queue, with whose number it is');
  const picture = (person) => fetch(`${BASE}/api/v1/fax/inbox/${waiting.fax_in_id}/pages/1.png`, { headers: { cookie: person.cookie } });
  const shown = await picture(nurse);
  is([shown.status, shown.headers.get('content-type')], [200, 'image/png'], '…its page is shown');
  is([(await picture(stranger)).status, (await stranger.must('GET', '/fax/inbox')).waiting.length], [404, 0], 'S-20 …to nobody of another office');
});
