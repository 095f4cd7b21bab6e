// streams.mjs - readers with an open page: each keeps a live stream, comes back when it breaks (as a browser does, with Last-Event-ID, or as a page
// that was loaded before, with ?after=), lets it go now and then, and writes down what came.
import crypto from 'node:crypto';
import { sleep, until } from './region.mjs';

const STAYS_MS = [2000, 12000];

// "id: 1-7\nevent: notice\ndata: {…}" → what it says; null for a heartbeat.
function entryOf(block) {
  const fields = Object.fromEntries(block.split('\n').map((line) => /^(id|event|data): (.*)$/.exec(line)).filter(Boolean).map(([, name, value]) => [name, value]));
  if (!fields.event) return null;
  return fields.event === 'notice' ? { id: fields.id, notice: JSON.parse(fields.data) } : { [fields.event]: true };
}

export class Streams {
  constructor(base, people) { Object.assign(this, { base, people, connections: [], at: {}, stopping: false }); }

  async open() {
    await Promise.all(this.people.map(async (person) => { this.at[person.person_id] = (await person.api.must('GET', '/feed?limit=1')).stream; }));
    this.readers = this.people.map((person) => this.keepReading(person));
  }

  async keepReading(person) {
    for (let turn = 0; !this.stopping; turn++) {
      const connection = { person: person.person_id, by: turn % 2 ? 'Last-Event-ID' : 'after', after: this.at[person.person_id], entries: [] };
      try { await this.read(person, connection); } catch { /* broken: comes back */ }
      if (connection.status) this.connections.push(connection);
      await sleep(50 + crypto.randomInt(400));
    }
  }

  async read(person, connection) {
    const { by, after } = connection, abort = new AbortController(), timer = setTimeout(() => abort.abort(), STAYS_MS[0] + crypto.randomInt(STAYS_MS[1] - STAYS_MS[0]));
    person.hangUp = () => abort.abort();
    try {
      const response = await fetch(`${this.base}/api/v1/stream${by === 'after' ? `?after=${after}` : ''}`, { signal: abort.signal,
        headers: { accept: 'text/event-stream', cookie: person.api.cookie, ...(by === 'after' ? {} : { 'last-event-id': after }) } });
      connection.status = response.status;
      if (response.status === 200) await this.take(person, connection, response.body);
      else await sleep(500);
    } finally { clearTimeout(timer); }
  }

  async take(person, connection, body) {
    const decoder = new TextDecoder();
    let text = '';
    for await (const part of body) {
      const blocks = (text + decoder.decode(part, { stream: true })).split('\n\n');
      text = blocks.pop();
      for (const entry of blocks.map(entryOf).filter(Boolean)) {
        connection.entries.push({ ...entry, at: Date.now() });
        if (entry.id) this.at[person.person_id] = entry.id;
      }
    }
  }

  // When everybody has read as far as the heads say, or the time is over.  An open alert goes on meanwhile: what is written after the heads were
  // read need not have come.
  async finish(heads, seconds = 60) {
    this.heads = heads;
    const isThere = (person) => Number(this.at[person.person_id].split('-')[1]) >= (heads[person.person_id] ?? 0);
    await until(() => this.people.every(isThere), seconds);
    this.stopping = true;
    for (const person of this.people) person.hangUp?.();
    await Promise.all(this.readers);
  }
}
