// roster.mjs - the rota office and the doctors: rotations, absences, closures, 代診, swaps, a month from a table, and who reads of it.
import crypto from 'node:crypto';
import { municipalities, officeOf, people, personOf } from '../../deploy/demo/people.mjs';

const [town, , village] = municipalities, [giver, taker] = ['doctor-1-1', 'doctor-1-2'], members = people.filter((person) => person.key.startsWith('doctor-1-'));
const rule = { municipality: town.code, kind: 'weekly', advance: 'every_handoff', anchor: '2026-04-01', handoff_minute: 540, day_classes: ['weekday'], from_minute: 540, to_minute: 1080,
  members: members.map((doctor) => doctor.person_id), office_ids: members.map((doctor) => doctor.office.office_id) };

// The rota office: a rotation of its own, the region's rotations again, somebody away and back, last resort, the partner.
export async function rosterWorker(load, webhookSecret) {
  const admin = load.people['admin-1'];
  const rotation = crypto.randomUUID(), webhook = crypto.randomUUID(), centre = officeOf('centre');
  for (let turn = 0; !load.stopping; turn++) {
    const id = crypto.randomUUID();
    await load.send(admin, 'rotation_put', 'PUT', `/rotations/${rotation}`, { body: { ...rule, name: `試験当番 ${turn}` } });
    const { status } = await load.send(admin, 'absence_add', 'POST', '/absences', { marker: id, table: 'absence',
      body: { absence_id: id, person_id: personOf('rota-1').person_id, from: '2027-01-01T00:00:00+09:00', to: '2027-01-02T00:00:00+09:00' } });
    if (status === 200) await load.send(admin, 'absence_remove', 'DELETE', `/absences/${id}`);
    await load.send(admin, 'last_resort_put', 'PUT', `/municipalities/${town.code}/last-resort`, { body: { office_id: centre.office_id, name: centre.name, phone: centre.duty_phone } });
    const test = crypto.randomUUID();
    await load.send(admin, 'last_resort_test', 'PUT', `/municipalities/${town.code}/last-resort/tests/${test}`, { marker: test, table: 'last_resort_call', body: { answered: true } });
    await load.send(admin, 'subscription_put', 'PUT', `/webhooks/${webhook}`, { body: { municipality: town.code, name: '試験', url: `${load.region.simulator}/webhook`, secret: webhookSecret, enabled: false } });
    await load.send(admin, 'break_glass_allow', 'PUT', `/municipalities/${town.code}/break-glass`, { body: { allowed: true } });
    await load.send(admin, 'break_glass_list', 'GET', '/break-glass');
    await load.send(admin, 'outbound_release', 'POST', '/outbound/release', { body: {} });
    await load.send(admin, 'delivery_list', 'GET', `/deliveries?alert_id=${rotation}`);
    await calendars(load, admin, rotation);
    await announce(load, admin);
    await routes(load);
    await terminal(load, admin);
    for (const [message, path] of [['duty_sheet', `/duty-sheets/${town.code}/2026-12.pdf`], ['duty_sheet_rows', `/duty-sheets/${town.code}/2026-12`], ['fairness', `/fairness?municipality=${town.code}`],
      ['office_paper', '/me/office-paper']])
      if (!load.stopping) await load.send(admin, message, 'GET', path);
  }
}

// The town's pharmacies are told something: one confirms, another would be handed it, the rest reminded.
async function announce(load, admin) {
  const id = crypto.randomUUID(), path = `/announcements/${id}`, elsewhere = officeOf('pharmacy-3');
  const { status } = await load.send(admin, 'announcement_send', 'PUT', path, { marker: id, table: 'announcement', across: true,
    body: { kind: 'other', title: '試験', text: '試験のお知らせ', municipalities: [town.code, village.code], readers: ['pharmacy'] } });
  if (status !== 200) return;
  await load.send(load.people['pharmacist-1'], 'announcement_receive', 'POST', `${path}/receipt`, { across: true, body: {} });
  await load.send(admin, 'announcement_delivered', 'PUT', `${path}/offices/${elsewhere.office_id}/delivery`, { across: true, body: { by: 'by_hand', on: new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10) } });
  await load.send(admin, 'announcement_remind', 'POST', `${path}/reminder`, { body: {} });
  for (const [message, address] of [['announcement_list', '/announcements'], ['announcement', path]])
    if (!load.stopping) await load.send(admin, message, 'GET', address);
}

// A clinic says how it is reached, writes down a trial of its own, and takes the route away.
async function routes(load) {
  const doctor = load.people[giver], way = `/offices/${personOf(giver).office.office_id}/routes`, route = `${way}/${crypto.randomUUID()}`, test = crypto.randomUUID();
  await load.send(doctor, 'contact_route_put', 'PUT', route, { body: { time: 'night', means: 'telephone', address: '0990-20-0001' } });
  await load.send(doctor, 'contact_route_test', 'PUT', `${route}/tests/${test}`, { marker: test, table: 'contact_route_call', body: { answered: true } });
  await load.send(doctor, 'contact_routes', 'GET', way);
  await load.send(doctor, 'contact_partners', 'GET', '/me/contact-routes');
  const phones = `/offices/${personOf(giver).office.office_id}/phones`, night = { day_classes: ['weekday', 'saturday'], from_minute: 1080, to_minute: 1950 };
  await load.send(doctor, 'office_phones_put', 'PUT', phones, { body: { phones: [{ name: '当番携帯', number: '0990-20-0002', hours: [night] }, { name: '代表', number: '0990-20-0003', hours: [] }] } });
  await load.send(doctor, 'office_phones', 'GET', phones);
  await load.send(doctor, 'office_phones_put', 'PUT', phones, { body: { phones: [] } });
  await load.send(doctor, 'contact_route_remove', 'DELETE', route);
}

// The device of the dispatch desk is invited, registered by who sits there, looked at and revoked.
async function terminal(load, admin) {
  const desk = load.people['dispatch-1'], id = crypto.randomUUID(), way = `/offices/${personOf('dispatch-1').office.office_id}/terminals`;
  const { answer: invited } = await load.send(admin, 'terminal_invite', 'PUT', `${way}/${id}`, { once: true, marker: id, table: 'terminal', body: { name: '試験の端末' } });
  if (invited.code) await load.send(desk, 'terminal_register', 'POST', '/terminal', { once: true, body: { code: invited.code } });
  await load.send(desk, 'terminal_here', 'GET', '/terminal');
  await load.send(admin, 'terminal_list', 'GET', way);
  await load.send(admin, 'terminal_revoke', 'DELETE', `${way}/${id}`);
}

// A calendar's address is made, read and revoked, with those whose outcome was never known.
async function calendars(load, admin, rotation) {
  const { answer: made } = await load.send(admin, 'calendar_make', 'POST', '/calendars', { once: true, body: { scope: 'rotation', rotation_id: rotation } });
  if (made.token) await load.send(admin, 'calendar_feed', 'GET', `/calendars/${made.token}.ics`);
  const { answer: list } = await load.send(admin, 'calendar_list', 'GET', '/calendars');
  for (const { calendar_id } of list.calendars ?? [])
    await load.send(admin, 'calendar_revoke', 'DELETE', `/calendars/${calendar_id}`, { once: true });
}

// A shift is given away and taken back, by turns accepted and declined.
async function swap(load, rotation, turn) {
  const [asker, other] = [giver, taker].map((key) => load.people[key]), swap_id = crypto.randomUUID(), soon = Date.now() + 2 * 86400e3;
  const { answer } = await load.send(asker, 'my_shifts', 'GET', '/shifts?days=60'), shift = answer.shifts?.find((one) => one.rotation_id === rotation && Date.parse(one.from) > soon);
  if (!shift) return;
  const { status } = await load.send(asker, 'swap_ask', 'POST', '/swaps', { body: { swap_id, rotation_id: rotation, from: shift.from, to: shift.to, taker: other.person_id }, marker: swap_id, table: 'swap' });
  if (status !== 200) return;
  await load.send(other, 'swap_answer', 'POST', `/swaps/${swap_id}/answer`, { body: { accept: turn % 2 === 0 } });
  if (turn % 2 === 0) await load.send(asker, 'swap_withdraw', 'DELETE', `/swaps/${swap_id}`);
}

// A rotation nobody else changes: everything that lies on its rule is put there and taken away.
export async function changesWorker(load) {
  const office = load.people['rota-1'], rotation = crypto.randomUUID();
  await load.send(load.people['admin-1'], 'rotation_put', 'PUT', `/rotations/${rotation}`, { body: { ...rule, name: '試験の交代' } });
  for (let turn = 0; !load.stopping; turn++) {
    const id = crypto.randomUUID(), closed = crypto.randomUUID(), table_id = crypto.randomUUID();
    await load.send(office, 'override_add', 'POST', '/overrides', { marker: id, table: 'duty_change', body: { override_id: id, rotation_id: rotation, from: '2027-03-01T09:00:00+09:00', to: '2027-03-01T18:00:00+09:00', add: personOf(taker).person_id, reason: '試験' } });
    await load.send(office, 'override_remove', 'DELETE', `/overrides/${id}`);
    await swap(load, rotation, turn);
    await load.send(office, 'duty_table_import', 'POST', `/rotations/${rotation}/table`, { marker: table_id, table: 'duty_table', body: { table_id, month: '2027-02', text: `2027-02-01,9:00-18:00,${personOf(giver).name}`, run: true } });
    await load.send(office, 'roster_month', 'GET', `/rotations/${rotation}/months/2027-02`);
    await load.send(load.people['admin-1'], 'closure_put', 'PUT', `/closures/${closed}`, { marker: closed, table: 'closure', body: { municipality: village.code, first_day: '2027-04-05', last_day: '2027-04-06', name: '試験休み' } });
    await load.send(load.people['admin-1'], 'closure_list', 'GET', `/closures?municipality=${village.code}`);
    await load.send(load.people['admin-1'], 'closure_remove', 'DELETE', `/closures/${closed}`);
    await load.send(office, 'drill_contact_put', 'PUT', `/municipalities/${town.code}/drill-contacts`, { body: { people: [personOf('rota-1').person_id], offices: [] } });
    for (const [message, path] of [['absence_list', '/absences'], ['gap_list', `/gaps?municipality=${town.code}&days=60`], ['drill_list', `/municipalities/${town.code}/drills`], ['last_resort', `/municipalities/${town.code}/last-resort`]])
      if (!load.stopping) await load.send(office, message, 'GET', path);
  }
}
