// Messages to this browser (Web Push): made by the browser itself; the region learns its address and key only.
import { keep, kept, drop } from '../lib/store.ts';
import { fromBase64url, toBase64url } from '../lib/bytes.ts';
import { deviceName } from '../lib/device_name.ts';
import { api } from './api.ts';

const KEPT = 'push';

export const pushWorks = (): boolean => 'serviceWorker' in navigator && 'PushManager' in globalThis;

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

export const pushHere = async (): Promise<boolean> => pushWorks() && Boolean(kept<string>(KEPT)) && Boolean(await subscription());

export async function subscribePush(region: string): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64url(region) });
  const key = (name: PushEncryptionKeyName) => toBase64url(made.getKey(name)!);
  const id = kept<string>(KEPT) ?? crypto.randomUUID();
  const body = { endpoint: made.endpoint, p256dh: key('p256dh'), auth: key('auth'), label: deviceName(navigator.userAgent) };
  await api(`/me/push/${id}`, { method: 'PUT', body });
  keep(KEPT, id);
}

export async function unsubscribePush(): Promise<void> {
  const id = kept<string>(KEPT);
  await (await subscription())?.unsubscribe();
  if (id) await api(`/me/push/${id}`, { method: 'DELETE' });
  drop(KEPT);
}
