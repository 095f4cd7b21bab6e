// Duty as others read it: a secret calendar address, a month on paper, the same month as rows, and who has duty now; all of them name the same
// people (N-32, N-71).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { BASE, DATA, is, ok, scenario, session, uuidOf } from './lib.mjs';
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

scenario(async () => {
  const doctor = await session('doctor-1-1');
  const events = await calendar(doctor), { now, as_of } = await doctor.must('GET', `/duty?municipality=${town.code}`);
  const today = new Date(Date.parse(as_of) + 9 * 3600e3).toISOString().slice(0, 7), rows = await month(doctor, today), at = Date.parse(as_of);
  const names = (list, name, from, to) => list.filter((one) => from(one) <= at && at < to(one)).map(name).sort();
  const wanted = names(now.filter((line) => line.rotation_id === rotation), (line) => line.name, (line) => Date.parse(line.from), (line) => Date.parse(line.to));
  is(names(rows.filter((row) => row.rotation_id === rotation), (row) => row.name, (row) => Date.parse(row.from), (row) => Date.parse(row.to)), wanted, 'N-32: rows and roster name the same person now');
  const told = names(events.filter((event) => event.STATUS === 'CONFIRMED'), (event) => event.SUMMARY, (event) => instant(event.DTSTART), (event) => instant(event.DTEND));
  ok(told.length === wanted.length && wanted.every((name, i) => told[i].includes(name)), 'N-32: …and so does the calendar', { told, wanted });
  is(rows.filter((row) => row.person_id).length > 20 && rows.every((row) => row.from < row.to), true, 'the month has its shifts');
});
