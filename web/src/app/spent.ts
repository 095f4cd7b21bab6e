// How long a form has been open, for the upkeep report: from when it is shown, or from the last save, in seconds. The server counts half an hour a save at most.
import { useRef } from 'preact/hooks';

export function useSpent(): () => number {
  const since = useRef(Date.now());
  return () => {
    const seconds = Math.round((Date.now() - since.current) / 1000);
    since.current = Date.now();
    return Math.max(0, seconds);
  };
}
