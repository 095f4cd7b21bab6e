// The person's notices and open alerts: read once, kept fresh by the live stream, shared by every page of this tab.
import { batch, computed, effect, signal } from '@preact/signals';
import type { AlertLine, AlertListAnswer, FeedAnswer, FeedItem, FeedKind, PatientLine } from '../model.ts';
import { api } from './api.ts';
import { hear, onResync, startLive } from './live.ts';
import { session } from './session.ts';
import { t } from './words.ts';

export const feed = signal<FeedAnswer | undefined>(undefined);
// Notices that arrived while one was reading; shown as one quiet line.
export const fresh = signal<readonly FeedItem[]>([]);
export const alerts = signal<readonly AlertLine[] | undefined>(undefined);
// The emergency that may take the screen.
export const calling = signal<FeedItem | undefined>(undefined);
// People seen in lists of this tab: a notice knows only the name, and a name alone never tells two people apart.
export const people = signal<ReadonlyMap<string, PatientLine>>(new Map());
export const pageTitle = signal('Renkei');

export const waiting = computed(() => (alerts.value ?? []).filter((one) => one.waits_for_me && one.state !== 'ended'));

const ALERT_KINDS: readonly FeedKind[] = ['emergency', 'alert_asked', 'alert_accepted', 'alert_declined', 'alert_next', 'alert_ended', 'incident_opened'];
export const isAlert = (item: FeedItem): boolean => ALERT_KINDS.includes(item.kind);

export function know(lines: readonly PatientLine[]): void {
  people.value = new Map([...people.value, ...lines.map((line) => [line.patient_id, line] as const)]);
}

export async function loadFeed(): Promise<void> {
  const answer = await api<FeedAnswer>('/feed', { query: { limit: 100 } });
  batch(() => {
    feed.value = answer;
    fresh.value = [];
  });
  startLive(answer.stream);
}

export async function loadAlerts(): Promise<void> {
  alerts.value = (await api<AlertListAnswer>('/alerts', { query: { open: true } })).alerts;
}

export async function markRead(): Promise<void> {
  const newest = feed.value?.items[0];
  if (!newest) return;
  await api('/feed/read', { method: 'POST', body: { position: newest.position } });
  if (feed.value) feed.value = { ...feed.value, unread: 0, outcomes: [], items: feed.value.items.map((item) => ({ ...item, read: true })) };
}

function take(item: FeedItem): void {
  if (item.alert_id) void loadAlerts().catch(() => undefined);
  if (item.urgent && (item.kind === 'emergency' || item.kind === 'alert_asked') && item.by !== session.value?.person_id) calling.value = item;
  if (!fresh.value.some((one) => one.position === item.position)) fresh.value = [item, ...fresh.value];
}

export async function startFeed(): Promise<void> {
  await Promise.allSettled([loadFeed(), loadAlerts()]);
}

hear(take);
onResync(() => void startFeed());
effect(() => {
  document.title = (waiting.value.length > 0 || calling.value ? t('alert.title_mark') : '') + pageTitle.value;
});
