// A fire organisation asks at the edges of shifts in December, on holidays and at the turn of the year: the people in its reply are those whom the resolver
// named beforehand for that moment (N-32).  The region's clock only goes forward here, so this scenario is the last one of its region.  LONG=1: every edge
// and 500 random minutes.
import crypto from 'node:crypto';
import { clock, is, ok, officeOf, region, scenario, session, sql, until } from './lib.mjs';
import { Partner } from './ems_partner.mjs';
import { patientOf, municipalities } from '../../deploy/demo/people.mjs';

const [town] = municipalities, EDGES = 4, MINUTES = 6, tries = 3;
const ms = (text) => Date.parse(text), digits = (text) => String(text ?? '').replace(/\D/g, '');
const rand = ((state) => () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 4294967296)(20261123);
const person = { n: region.patients.findIndex((one) => one.doctor === 'doctor-1-1' && one.municipality === town.code && one.consented) };
Object.assign(person, patientOf(person.n));

// Instants of what remains of December and of the first days of January, in order: a second before, at and after edges, and minutes between them.
function instants(edges, from) {
  const end = ms('2027-01-05T00:00:00+09:00'), first = from + 86400e3, coming = edges.filter((at) => at > first && at < end);
  const step = process.env.LONG ? 1 : Math.max(1, Math.floor(coming.length / EDGES)), count = process.env.LONG ? 500 : MINUTES;
  const chosen = coming.filter((_, i) => i % step === 0).flatMap((at) => [at - 1000, at, at + 1000]);
  return [...chosen, ...Array.from({ length: count }, () => first + Math.floor(rand () * (end - first) / 60000) * 60000)].sort((a, b) => a - b);
}

async function edgesOf(doctor, from) {
  const months = [...new Set([new Date(from).toISOString().slice(0, 7), '2026-12', '2027-01'])], rows = [];
  for (const month of months) rows.push(...(await doctor.must('GET', `/duty-sheets/${town.code}/${month}`)).lines);
  return [...new Set(rows.flatMap((row) => [ms(row.from), ms(row.to)]))].sort((a, b) => a - b);
}

// Whom the resolver names at that moment, as telephone numbers in their order.
async function named(doctor, at) {
  const { targets } = await doctor.must('GET', `/patients/${person.patient_id}/on-call?reporter=dispatch&at=${encodeURIComponent(new Date(at).toISOString())}`);
  return targets.filter(({ target }) => target !== 'last_resort').map(({ phone }) => digits(phone)).join(' ');
}

// Sends an incident at that moment; whom the reply names, and between which moments that was looked up.
async function replied(partner, at, name) {
  const offset = at - Date.now(), sent = new Date(at).toISOString().replace(/\.\d+Z/, '+00:00');
  clock(offset * 1000);
  const { name_kana, birth_date, phone, address } = person;
  const answer = await partner.send({ ...partner.message('report', { incident: name, event: 'dispatch', complaint: '呼吸困難', crew: { unit: '架空救急1', callback: '09900000120' },
    caller: { phone }, person: { name_kana, dob: birth_date }, place: { address } }), sent, status: 'exercise' });
  const made = () => sql(`select guard.to_us (i.received_at), guard.to_us (r.made_at), convert_from (r.body, 'UTF8') from dispatch.reply r join dispatch.incident i using (incident_id)
                           where i.number = '${name}' order by r.number limit 1`);
  const [from, to, body] = (await until(made, 10000)).split('|', 3), listed = body ? JSON.parse(body).contacts ?? [] : [];
  return { status: answer.status, from: from / 1000, to: to / 1000, phones: listed.slice(0, -1).map((one) => digits(one.phone)).join(' '), last: digits(listed.at(-1)?.phone) };
}

scenario(async () => {
  const doctor = await session('doctor-1-1'), manager = await session(`manager-${person.town}-${1 + person.n % 2}`);
  await manager.must('POST', `/patients/${person.patient_id}/consents`, { consent_id: crypto.randomUUID(), scope: 'ems', giver: 'person', method: 'written', from: '2026-04-01' });
  const partner = await Partner.make(await session('admin-1'), '架空広域消防本部 年末'), now = Date.now(), edges = await edgesOf(doctor, now);
  const before = edges.map((at) => at - 1), at = instants(edges, now), known = new Map();
  for (const one of new Set([...at, ...before, ...edges].filter((moment) => moment > now))) known.set(one, await named(doctor, one));
  const side = (moment) => edges.filter((edge) => edge <= moment).length, wrong = [], unanswered = [];
  let compared = 0, differing = new Set();
  for (const moment of at) {
    for (let i = 0; i < tries; i++) {
      const reply = await replied(partner, moment, `年末-${moment}-${i}`);
      if (reply.status !== 200 || reply.last !== digits(officeOf('centre').duty_phone)) { unanswered.push({ moment: new Date(moment).toISOString(), reply }); break; }
      if (side(reply.from) !== side(reply.to)) continue;           // looked up while the shift changed
      const wanted = known.get(edges.filter((edge) => edge <= reply.to && edge > moment).at(-1) ?? moment);
      if (reply.phones !== wanted) wrong.push({ moment: new Date(moment).toISOString(), reply, wanted });
      differing.add(wanted);
      compared++;
      break;
    }
  }
  is(unanswered, [], 'EMS-03: every incident is answered, whatever the clock says');
  is(wrong, [], `N-32: over HTTP the reply to the fire service names whom the resolver named, at shifts' edges and random minutes up to January (${compared} compared)`);
  ok(compared >= at.length - 3 && differing.size > 1, '…which were many, and not always the same people', { compared, of: at.length, orders: differing.size });
});
