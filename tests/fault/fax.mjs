// fax.mjs - a nurse who sends pages by FAX: a number with its test page, the code read out, a page, and 誤送信, after which the number is tested anew; and what comes
// in without a code, which she looks at and settles.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { officeOf } from '../../deploy/demo/people.mjs';
import { sleep } from './region.mjs';

const PATIENCE_MS = 60000, CODE = /確認コード：([0-9A-Z]{6})/;

// The code on the page that came out of the machine with this number.
async function readOut(load, region, number) {
  const file = path.join(region.data, 'simulator/received.jsonl'), digits = number.replace(/\D/g, '');
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && !load.stopping; await sleep(500)) {
    const line = fs.readFileSync(file, 'utf8').split('\n').findLast((text) => text.includes('"channel":"fax"') && text.includes('確認コード') && text.replace(/-/g, '').includes(digits));
    if (line) return CODE.exec(line)[1];
  }
  return null;
}

// A FAX server lays a page down; it waits in the queue once, whoever is killed meanwhile.
async function settleOne(load, region, nurse, send) {
  const office = officeOf(nurse.key.replace(/^nurse-(\d+)-.*/, 'station-$1')), folder = path.join(region.data, 'fax-in', office.office_id), owner = fs.statSync(region.data);
  const hidden = path.join(folder, `.${crypto.randomUUID()}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(hidden, fs.readFileSync(new URL('../../deploy/demo/fax.png', import.meta.url)));
  if (process.getuid() === 0) for (const one of [folder, hidden]) fs.chownSync(one, owner.uid, owner.gid);
  fs.renameSync(hidden, path.join(folder, `${crypto.randomUUID()}.png`));
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && !load.stopping; await sleep(1000)) {
    const { answer } = await send('fax_inbox', 'GET', '/inbox'), one = answer.waiting?.find(({ number }) => !number);
    if (!one) continue;
    await send('fax_page', 'GET', `/inbox/${one.fax_in_id}/pages/1.png`);
    return send('fax_in_settle', 'POST', `/inbox/${one.fax_in_id}/settle`, { body: { state: 'discarded', version: one.version, note: '広告' }, marker: one.fax_in_id, table: 'fax_in_event' });
  }
}

export async function faxWorker(load, region) {
  const patient = load.patients[0], nurse = load.member(patient, 'nurse'), office = officeOf('pharmacy-1');
  const send = (message, method, where, call) => load.send(nurse, message, method, `/fax${where}`, call);
  for (let turn = 0; !load.stopping; turn++) {
    const number = `0990-88-${String(crypto.randomInt(10000)).padStart(4, '0')}`, fax_id = crypto.randomUUID();
    await send('fax_number_put', 'PUT', `/numbers/${office.office_id}`, { body: { number } });
    await send('fax_number_list', 'GET', '/numbers');
    const code = await readOut(load, region, number);
    if (!code) continue;
    await send('fax_number_confirm', 'POST', `/numbers/${office.office_id}/confirm`, { body: { code } });
    await send('fax_send', 'PUT', `/sent/${fax_id}`, { body: { patient_id: patient.patient_id, office_id: office.office_id, office: office.name, number, title: '連絡', text: '明日の訪問は10時です。' }, marker: fax_id, table: 'fax' });
    await send('fax_list', 'GET', '/sent');
    await settleOne(load, region, nurse, send);
    await send('fax_misdirected', 'POST', `/sent/${fax_id}/misdirected`, { body: { sent_to: '別の事業所', what: '訪問の時刻', recovered: true } });
    await send('fax_number_unconfirm', 'POST', `/numbers/${office.office_id}/unconfirm`, { body: {} });
  }
}
