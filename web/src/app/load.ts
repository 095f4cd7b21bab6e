// Reading for a page: one state with what is there, what went wrong, and a way to read again without anything jumping.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../lib/problem.ts';
import { unlocked } from './api.ts';

export interface Loaded<T> {
  data?: T;
  problem?: Problem;
  busy: boolean;
  again: () => Promise<void>;
  set: (data: T) => void;
}

// Reads when the key changes; keeps showing what is there while reading again.
export function useLoad<T>(key: string | undefined, read: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key?: string; data?: T; problem?: Problem; busy: boolean }>({ busy: true });
  const latest = useRef(key);
  latest.current = key;
  const again = async () => {
    if (key === undefined) return;
    setState((old) => (old.key === key ? { ...old, busy: true } : { key, busy: true }));
    try {
      const data = await read();
      if (latest.current === key) setState({ key, data, busy: false });
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0, 'bug', String(error));
      if (latest.current === key) setState((old) => ({ key, data: old.key === key ? old.data : undefined, problem, busy: false }));
    }
  };
  useEffect(() => void again(), [key]);
  useEffect(() => {
    if (state.problem?.status === 401) void again();
  }, [unlocked.value]);
  const current = state.key === key ? state : { busy: true };
  return { ...current, again, set: (data: T) => setState({ key, data, busy: false }) };
}

export interface Sending {
  busy: boolean;
  problem?: Problem;
  clear: () => void;
  send: (work: () => Promise<unknown>) => Promise<boolean>;
}

// A change the person asked for: busy while it runs, with the refusal beside the form afterwards.
export function useSend(): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const send = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, 'bug', String(error)));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send, clear: () => setProblem(undefined) };
}
