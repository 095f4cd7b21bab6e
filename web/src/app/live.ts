// The live stream of notices. One tab of a browser holds the connection (Web Lock), the others hear from it (BroadcastChannel):
// a browser opens few connections to one host, and an emergency report must never wait for one.
import { signal } from '@preact/signals';
import type { FeedAnswer, FeedItem } from '../model.ts';
import { api, lockedOut } from './api.ts';
import { session } from './session.ts';

export const live = signal<'off' | 'on' | 'waiting'>('off');

type Hearer = (item: FeedItem) => void;
const hearers = new Set<Hearer>();
const resyncs = new Set<() => void>();
const channel = new BroadcastChannel('renkei-live');
let position = '';
let source: EventSource | undefined;
let release: (() => void) | undefined;

export function hear(hearer: Hearer): () => void {
  hearers.add(hearer);
  return () => void hearers.delete(hearer);
}

// Called when notices may have been missed: read the page again.
export function onResync(work: () => void): () => void {
  resyncs.add(work);
  return () => void resyncs.delete(work);
}

function pass(item: FeedItem): void {
  for (const hearer of [...hearers]) hearer(item);
}

channel.onmessage = (event: MessageEvent<{ person: string; item?: FeedItem; position?: string; resync?: boolean }>) => {
  if (event.data.person !== session.value?.person_id) return;
  if (event.data.position) position = event.data.position;
  if (event.data.item) pass(event.data.item);
  if (event.data.resync) for (const work of [...resyncs]) work();
  live.value = 'on';
};

function tell(message: { item?: FeedItem; position?: string; resync?: boolean }): void {
  channel.postMessage({ person: session.value?.person_id, ...message });
}

function connect(): void {
  source?.close();
  source = new EventSource(`/api/v1/stream?after=${encodeURIComponent(position)}`);
  source.onopen = () => (live.value = 'on');
  source.onerror = () => {
    if (live.value === 'on') setTimeout(askAgain, 500 * Math.random());
    live.value = 'waiting';
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => void restart(), 3_000);
  };
  const take = (event: MessageEvent<string>) => {
    position = event.lastEventId || position;
    const item = JSON.parse(event.data) as FeedItem;
    tell({ item, position });
    pass(item);
  };
  source.onmessage = take;
  for (const name of ['notice', 'feed', 'feed_item', 'urgent']) source.addEventListener(name, take as EventListener);
  source.addEventListener('resync', () => void resync());
}

// A stream that ends may mean that the session was ended from elsewhere: a screen on a lost device must not stay until the next try.
const askAgain = (): void => void api('/feed', { query: { limit: 1 } }).catch(() => undefined);

async function resync(): Promise<void> {
  source?.close();
  await restart();
  tell({ resync: true });
  for (const work of [...resyncs]) work();
}

// This tab holds the connection, now that the answer is there.
const holder = (): boolean => release !== undefined;

// The browser gave up (an answer that was no stream): ask where the feed stands, then go on from there.
async function restart(): Promise<void> {
  if (live.value === 'off') return;
  if (lockedOut.value) return void setTimeout(() => void restart(), 1_000);
  try {
    const answer = await api<FeedAnswer>('/feed', { query: { limit: 1 } });
    if (!position || answer.stream.split('-')[0] !== position.split('-')[0]) position = answer.stream;
    if (holder()) connect();
  } catch {
    if (holder()) setTimeout(() => void restart(), 5_000);
  }
}

// Begin at the position that was read together with the feed; a second call does nothing.
export function startLive(after: string): void {
  if (live.value !== 'off') return;
  position = after;
  live.value = 'waiting';
  void navigator.locks.request(
    'renkei-live',
    () =>
      new Promise<void>((done) => {
        if (live.value === 'off') return done();
        release = done;
        connect();
      }),
  );
}

export function stopLive(): void {
  source?.close();
  source = undefined;
  release?.();
  release = undefined;
  live.value = 'off';
  position = '';
}
