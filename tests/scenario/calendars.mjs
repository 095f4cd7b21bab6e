// Duty as others read it: a secret calendar address, a month on paper, the same month as rows, and who has duty now; all of them name the same
// people (N-32, N-71).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { BASE, DATA, is, ok, region, scenario, session, uuidOf } from './lib.mjs';
import { municipalities } from '../../deploy/demo/people.mjs';

const [town] = municipalities, rotation = uuidOf(`rotation ${town.code}`);

// RFC 5545: unfolded lines of each event as an object.
function eventsOf(text) {
  const lines = text.replace(/\r\n /g, '').split('\r\n'), events = [];
  for (const line of lines) {
    const [, name, value] = /^([A-Z-]+)[:;](.*)$/.exec(line) ?? [];
    if (line === 'BEGIN:VEVENT') events.push({});
    else if (name && events.length) events.at(-1)[name] = value.replace(/\\([,;\\])/g, '$1');
  }
  return events;
}

const instant = (text) => Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
const read = (path, headers = {}) => fetch(`${BASE}${path}`, { headers });

async function calendar(doctor) {
  const made = (await doctor.ask('POST', '/calendars', { scope: 'rotation', rotation_id: rotation, label: '試験' })).answer;
  const response = await read(made.path), text = await response.text();
  is([response.status, response.headers.get('content-type'), response.headers.get('cache-control')], [200, 'text/calendar; charset=utf-8', 'no-store'],
     'N-71: whoever knows the secret address reads a calendar');
  ok(text.startsWith('BEGIN:VCALENDAR\r\n') && text.endsWith('END:VCALENDAR\r\n'), '…which is whole');
  ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75), '…in lines of at most 75 octets');
  const events = eventsOf(text), last = Math.max(...events.map((event) => instant(event.DTEND)));
  ok(last > Date.now() + 180 * 86400e3, 'N-71: …180 days ahead and more', events.length);
  is(await read(made.path).then((again) => again.text()), text, '…and says the same as long as nothing changes');
  is((await read(made.path.replace(/[0-9a-f]{4}\.ics$/, '0000.ics'))).status, 404, 'a guessed address is none');
  is((await read(`${made.path}x`)).status, 405, '…nor is one with an end of its own');
  is((await doctor.ask('DELETE', `/calendars/${made.calendar_id}`)).status, 200, 'its maker revokes it');
  is((await read(made.path)).status, 404, 'N-71: …and it is read no more, at once');
  return events;
}

async function month(doctor, text) {
  const rows = (await doctor.must('GET', `/duty-sheets/${town.code}/${text}`)).lines;
  const response = await read(`/api/v1/duty-sheets/${town.code}/${text}.pdf`, { cookie: doctor.cookie }), file = `${DATA}/duty-sheet.pdf`;
  is([response.status, response.headers.get('content-type')], [200, 'application/pdf'], 'N-32: the month is printed');
  ok(/^inline; filename="[\w.-]+\.pdf"; filename\*=UTF-8''%/.test(response.headers.get('content-disposition')), '…under a name', response.headers.get('content-disposition'));
  fs.writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  const paper = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' }), names = new Set(rows.map((row) => row.name).filter(Boolean));
  ok(names.size > 0 && [...names].every((name) => paper.replace(/\s/g, '').includes(name.replace(/\s/g, ''))), '…with everybody who has duty', [...names]);
  is((await read(`/api/v1/duty-sheets/${town.code}/${text}.pdf`)).status, 401, '…for people who are logged in');
  return rows;
}

// December 2026 over HTTP, at each shift's edge ±1 s and at 500 random minutes: the calendar, the printed month's rows and the roster name the same
// person, and the resolver asks that one: as the rotation, or before it by name (who stands in two rows is asked once, in the first).
async function asked(doctor, instants) {
  const { patient_id } = region.patients.find((one) => one.doctor === 'doctor-1-1' && one.municipality === town.code && one.consented), answers = new Map(), left = [...instants];
  const next = async () => {
    for (let at = left.pop(); at !== undefined; at = left.pop()) answers.set(at, (await doctor.must('GET', `/patients/${patient_id}/on-call?at=${new Date(at).toISOString()}`)).targets);
  };
  await Promise.all(Array.from({ length: 8 }, next));
  return answers;
}

async function december(doctor, events) {
  const ms = (text) => Date.parse(text), first = ms('2026-12-01T00:00:00+09:00'), end = ms('2027-01-01T00:00:00+09:00');
  const rows = [...(await doctor.must('GET', `/duty-sheets/${town.code}/2026-11`)).lines, ...(await doctor.must('GET', `/duty-sheets/${town.code}/2026-12`)).lines].filter((row) => row.rotation_id === rotation);
  const { lines } = await doctor.must('GET', `/rotations/${rotation}/months/2026-12`);
  let state = 20261231;
  const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 4294967296;
  const edges = rows.flatMap((row) => [ms(row.from) - 1000, ms(row.from), ms(row.from) + 1000]), minutes = Array.from({ length: 500 }, () => first + Math.floor(random() * (end - first) / 60000) * 60000);
  const wrong = [], found = (list, at, from, to) => list.find((one) => from(one) <= at && at < to(one)), line = [(one) => ms(one.from), (one) => ms(one.to)];
  const covered = Math.max(first, Math.min(...lines.map(line[0]))), instants = [...edges, ...minutes].filter((at) => at >= covered && at < end);
  const answers = await asked(doctor, instants), unasked = [];
  for (const at of instants) {
    const paper = found(rows, at, ...line)?.name ?? null, roster = found(lines, at, ...line)?.name ?? null;
    const told = found(events.filter((event) => event.STATUS === 'CONFIRMED'), at, (event) => instant(event.DTSTART), (event) => instant(event.DTEND))?.SUMMARY ?? null;
    if (paper !== roster || (paper ? !told?.includes(paper) : told && !told.includes('空き'))) wrong.push({ at: new Date(at).toISOString(), paper, roster, told });
    const duty = answers.get(at).filter(({ target }) => target === 'rotation'), names = answers.get(at).filter(({ target }) => target !== 'last_resort').map(({ name }) => name);
    if (duty.length > 1 || (duty[0] && duty[0].name !== roster) || (roster && !names.includes(roster))) unasked.push({ at: new Date(at).toISOString(), roster, names });
  }
  is(unasked.slice(0, 3), [], 'N-32: …and the resolver asks that person');
  is(wrong.slice(0, 3), [], `N-32: over HTTP calendar, printed month and roster name the same person in December 2026 at every edge ±1 s and at 500 random minutes (${instants.length} compared)`);
  ok(instants.length > 550, '…which were many', instants.length);
}

scenario(async () => {
  const doctor = await session('doctor-1-1');
  const events = await calendar(doctor), { now, as_of } = await doctor.must('GET', `/duty?municipality=${town.code}`);
  const today = new Date(Date.parse(as_of) + 9 * 3600e3).toISOString().slice(0, 7), rows = await month(doctor, today), at = Date.parse(as_of);
  const names = (list, name, from, to) => list.filter((one) => from(one) <= at && at < to(one)).map(name).sort();
  const wanted = names(now.filter((line) => line.rotation_id === rotation), (line) => line.name, (line) => Date.parse(line.from), (line) => Date.parse(line.to));
  is(names(rows.filter((row) => row.rotation_id === rotation), (row) => row.name, (row) => Date.parse(row.from), (row) => Date.parse(row.to)), wanted, 'N-32: rows and roster name the same person now');
  const told = names(events.filter((event) => event.STATUS === 'CONFIRMED'), (event) => event.SUMMARY, (event) => instant(event.DTSTART), (event) => instant(event.DTEND));
  ok(told.length === wanted.length && wanted.every((name, i) => told[i].includes(name)), 'N-32: …and so does the calendar', { told, wanted });
  await december(doctor, events);
  is(rows.filter((row) => row.person_id).length > 20 && rows.every((row) => row.from < row.to), true, 'the month has its shifts');
});
