// What the device keeps: unsent reports, unsaved text, telephone numbers, settings. One JSON value per key in localStorage,
// which survives a closed tab and is written before the caller goes on. A full or forbidden storage keeps values for this tab only.

const PREFIX = 'renkei.';
const memory = new Map<string, string>();
// What did not fit any more: of these the storage holds older words, or none.
const unsaved = new Set<string>();

function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

export function keep(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  memory.set(PREFIX + key, text);
  try {
    storage()?.setItem(PREFIX + key, text);
    unsaved.delete(PREFIX + key);
  } catch {
    // full: the tab's own copy must do
    unsaved.add(PREFIX + key);
  }
}

export function kept<T>(key: string): T | undefined {
  const text = (unsaved.has(PREFIX + key) ? undefined : storage()?.getItem(PREFIX + key)) ?? memory.get(PREFIX + key);
  if (text === undefined || text === null) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

export function drop(key: string): void {
  memory.delete(PREFIX + key);
  unsaved.delete(PREFIX + key);
  storage()?.removeItem(PREFIX + key);
}

// Every kept key that begins so, without the prefix of the product.
export function keysFrom(start: string): string[] {
  const keys = new Set<string>();
  const stored = storage();
  for (let at = 0; stored && at < stored.length; at++) keys.add(stored.key(at) ?? '');
  for (const key of memory.keys()) keys.add(key);
  return [...keys]
    .filter((key) => key.startsWith(PREFIX + start))
    .map((key) => key.slice(PREFIX.length))
    .sort();
}

export function dropFrom(start: string): void {
  for (const key of keysFrom(start)) drop(key);
}
