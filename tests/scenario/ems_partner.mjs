// ems_partner.mjs - a fire organisation as the scenarios need it: set up as data, with a key, sending messages of spec §4.5 and fetching its replies.
import crypto from 'node:crypto';
import { BASE, officeOf, until } from './lib.mjs';

export class Partner {
  // Made by an administrator; its desk is the demo's fire office.
  static async make(admin, name) {
    const partner = new Partner(), partner_id = crypto.randomUUID(), sender = `fd.${partner_id.slice(0, 8)}`;
    Object.assign(partner, { partner_id, sender, name, region: 'renkei.mizuki', count: 0, after: 0, replies: [] });
    await admin.must('PUT', `/dispatch/partners/${partner_id}`, { name, office_id: officeOf('fire').office_id, region: partner.region, municipalities: ['990019', '990027', '990035'], senders: [sender],
      formats: ['json', 'cap'], break_glass: false, reply_format: 'json', enabled: true });
    partner.key = (await admin.must('POST', `/dispatch/partners/${partner_id}/keys`, { key_id: crypto.randomUUID(), name: '試験' })).key;
    // The desk of this office works for one organisation: a partner of a test must not stay beside it.
    partner.leave = () => admin.must('POST', `/dispatch/partners/${partner_id}/cut`, { enabled: false, reason: '試験の終わり' });
    return partner;
  }

  message(kind, fields) {
    const sent = new Date().toISOString().replace(/\.\d+Z/, '+00:00');
    return { v: 1, type: kind === 'result' ? 'ems.result' : 'ems.incident', id: `${this.sender}-${++this.count}`, sender: this.sender, to: [this.region], kind, status: 'actual', sent, ...fields };
  }

  async send(message, type = 'application/json') {
    const from = Date.now(), response = await fetch(`${BASE}/api/v1/dispatch/messages`, { method: 'POST', headers: { authorization: `Bearer ${this.key}`, 'content-type': type },
      body: typeof message === 'string' ? message : JSON.stringify(message) });
    const text = await response.text();
    let answer = null;
    try { answer = JSON.parse(text); } catch { /* XML */ }
    return { status: response.status, text, answer, ms: Date.now() - from };
  }

  // Everything for an incident so far, oldest first.
  async fetchReplies(incident) {
    const response = await fetch(`${BASE}/api/v1/dispatch/replies`, { headers: { authorization: `Bearer ${this.key}` } });
    const { replies = [] } = await response.json();
    for (const one of replies) if (!this.replies.some(({ number }) => number === one.number)) this.replies.push({ ...one, got: Date.now(), document: JSON.parse(one.body) });
    return this.replies.filter((one) => !incident || one.incident === incident).sort((a, b) => a.number - b.number);
  }

  // The first reply for the incident whose document fits.
  reply(incident, fits, ms = 5000) {
    return until(async () => (await this.fetchReplies(incident)).findLast(({ document }) => fits(document)) ?? null, ms, 50);
  }
}
