// upkeep.mjs - a coordinator who sets what has to be approved, asks a station and a care office by letters, and types what came back on
// paper; the station, which answers by its link and writes its own record.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { municipalities } from '../../deploy/demo/people.mjs';
import { nobody } from './logins.mjs';
import { sleep } from './region.mjs';

const PATIENCE_MS = 60000, town = municipalities[0].code, across = { across: true };
const day = (plus) => new Date(Date.now() + 9 * 3600e3 + plus * 86400e3).toISOString().slice(0, 10);

function tokenOf(region, letter_id) {
  const bytes = Buffer.from(letter_id.replaceAll('-', ''), 'hex'), key = fs.readFileSync(path.join(region.data, 'secrets/link.key'));
  return Buffer.concat([bytes, crypto.createHmac('sha256', key).update('letter:').update(bytes).digest().subarray(0, 16)]).toString('base64url');
}

async function survey(load, officer, kind, item, facility) {
  const id = crypto.randomUUID(), at = `/surveys/${id}`;
  await load.send(officer, 'survey_put', 'PUT', at, { body: { municipality: town, title: '試験の調査', intro: '試験です。', kinds: [kind], items: [item, 'hours'], facilities: [facility], due_on: day(7) }, marker: id, table: 'survey' });
  await load.send(officer, 'survey_consult', 'POST', `${at}/consultations`, { body: { body: '試験医師会', held_on: day(-1), remark: '試験' } });
  await load.send(officer, 'survey_open', 'POST', `${at}/open`, { body: {} });
  const { answer } = await load.send(officer, 'survey', 'GET', at, across);
  return { id, letter: answer.letters?.[0] };
}

// By e-mail: its letter goes out by the job, its answer comes by the link.
async function byLink(load, region, officer, facility) {
  const { letter } = await survey(load, officer, 'home_nursing', 'special_management', facility);
  if (!letter) return;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && !load.stopping; await sleep(500))
    if ((await region.laterRows(`select asked from registry.facility_letter where letter_id = '${letter.letter_id}' and asked > 0`)).length) break;
  const token = tokenOf(region, letter.letter_id);
  await load.send(nobody, 'letter_open', 'GET', `/letters/${token}`);
  await load.send(nobody, 'letter_answer', 'POST', `/letters/${token}`, { events: ['facility_changed'],
    body: { items: [{ item: 'special_management', answer: 'yes' }], consents: [{ item: 'special_management', audiences: ['professionals'] }], given_by: '試験 花子' } });
}

async function onPaper(load, officer, facility) {
  const { id, letter } = await survey(load, officer, 'care', 'fax', facility);
  if (!letter) return;
  await load.send(officer, 'letter_papers', 'GET', `/letter-papers.pdf?survey_id=${id}`);
  await load.send(officer, 'letters_send', 'POST', '/letters', { body: { survey_id: id, way: 'paper' } });
  await load.send(officer, 'letter_find', 'GET', `/letter-codes/${letter.code}`, across);
  await load.send(officer, 'letter_type', 'POST', `/letter-codes/${letter.code}`, { events: ['facility_changed'], body: { items: [], consents: [], given_by: '試験 次郎' } });
}

export async function upkeepWorker(load, region) {
  const officer = load.people['admin-1'], head = load.people['head-1'];
  const find = async (service) => (await load.send(officer, 'facility_search', 'GET', `/facilities?limit=1&municipality=${town}&service=${encodeURIComponent(service)}`, across)).answer.facilities?.[0]?.facility_id;
  const station = await find('訪問看護'), care = await find('居宅介護支援');
  await load.send(officer, 'upkeep_setting_put', 'PUT', `/upkeep/${town}`, { body: { months: 12, review_items: ['end_of_life_nursing'] } });
  for (let turn = 0; station && care && !load.stopping; turn++) {
    await byLink(load, region, officer, station);
    await onPaper(load, officer, care);
    await load.send(head, 'facility_items_put', 'POST', `/facilities/${station}/items`, { body: { items: [{ item: 'end_of_life_nursing', answer: 'yes', text: `試験 ${turn}` }], source: 'own' } });
    await load.send(officer, 'item_waiting_settle', 'POST', `/facilities/${station}/waiting`, { body: { item: 'end_of_life_nursing', approve: true }, events: ['facility_changed'] });
    await load.send(officer, 'upkeep', 'GET', '/upkeep', across);
    await load.send(officer, 'survey_list', 'GET', '/surveys');
    await load.send(officer, 'facility_cards', 'GET', `/facility-cards/${town}.pdf`, across);
    await sleep(200);
  }
}
