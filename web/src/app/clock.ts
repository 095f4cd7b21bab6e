// The present, for everything that shows "3 minutes ago". Ticks every 15 s, every second while something counts.
import { signal } from '@preact/signals';

export const now = signal(Date.now());

let counting = 0;
setInterval(() => {
  if (counting > 0 || Date.now() - now.value >= 15_000) now.value = Date.now();
}, 1_000);

// Ask for a tick every second; call the result to stop.
export function countSeconds(): () => void {
  counting++;
  now.value = Date.now();
  return () => void counting--;
}
