// Requests to /api/v1. Every POST carries an Idempotency-Key; emergency reports go ahead of everything else.
import { signal } from '@preact/signals';
import { Problem, readProblem } from '../lib/problem.ts';
import { language } from './words.ts';

const BASE = '/api/v1';
const PATIENCE = 20_000;

export const online = signal(navigator.onLine);
// Set when the server says that the session is locked or gone; the app shows the lock or the log-in.
export const lockedOut = signal<'' | 'locked' | 'gone'>('');

// Raised when the lock was opened: whatever was refused meanwhile is read again.
export const unlocked = signal(0);

addEventListener('online', () => (online.value = true));
addEventListener('offline', () => (online.value = false));

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  bytes?: Blob;
  // Version the editor was looking at.
  version?: number;
  key?: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  // Goes at once, even while an emergency report is on its way.
  ahead?: boolean;
  patience?: number;
  // An answer 401 is the caller's own business (log-in).
  quiet401?: boolean;
}

let gate: Promise<unknown> = Promise.resolve();

// While the promise runs, ordinary requests wait: an emergency report has the line to itself.
export function holdOthers(until: Promise<unknown>): void {
  gate = until.catch(() => undefined);
}

function address(path: string, query: Call['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return BASE + path + (text ? `?${text}` : '');
}

function headers(call: Call): Record<string, string> {
  const result: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language.value };
  // The gateway takes a change only with this header: another site's form cannot send it.
  if (call.method && call.method !== 'GET') result['Renkei-Client'] = 'web/1';
  if (call.bytes) result['Content-Type'] = 'application/octet-stream';
  else if (call.body !== undefined) result['Content-Type'] = 'application/json';
  if (call.version !== undefined) result['If-Match'] = `"${call.version}"`;
  if (call.method && call.method !== 'GET') result['Idempotency-Key'] = call.key ?? crypto.randomUUID();
  return result;
}

export async function api<T>(path: string, call: Call = {}): Promise<T> {
  if (!call.ahead) await gate;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), call.patience ?? PATIENCE);
  try {
    const response = await fetch(address(path, call.query), {
      method: call.method ?? 'GET',
      headers: headers(call),
      signal: abort.signal,
      credentials: 'same-origin',
      cache: 'no-store',
      body: call.bytes ?? (call.body === undefined ? undefined : JSON.stringify(call.body)),
      ...(call.ahead ? { priority: 'high' as const } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw refused(response.status, text, call);
    online.value = true;
    return (text ? JSON.parse(text) : {}) as T;
  } catch (error) {
    if (error instanceof Problem) throw error;
    online.value = navigator.onLine;
    throw new Problem(0, 'no_answer', '');
  } finally {
    clearTimeout(timer);
  }
}

function refused(status: number, text: string, call: Call): Problem {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const problem = readProblem(status, body);
  if (status === 401 && !call.quiet401) lockedOut.value = problem.key === 'session_locked' ? 'locked' : 'gone';
  return problem;
}
