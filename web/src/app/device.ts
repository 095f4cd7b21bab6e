// What this device does: sound for an emergency, light or dark, the number to be called back on.
import { signal } from '@preact/signals';
import { keep, kept } from '../lib/store.ts';

export type Theme = 'auto' | 'light' | 'dark';

export const sound = signal(kept<boolean>('sound') ?? true);
export const theme = signal<Theme>(kept<Theme>('theme') ?? 'auto');
export const callback = signal(kept<string>('callback') ?? '');

// Several people use this device: changing over stands at the top of every page.
export const shared = signal(kept<boolean>('shared') ?? false);

export function setShared(on: boolean): void {
  shared.value = on;
  keep('shared', on);
}

export function setSound(on: boolean): void {
  sound.value = on;
  keep('sound', on);
}

export function setTheme(wanted: Theme): void {
  theme.value = wanted;
  keep('theme', wanted);
  showTheme();
}

export function setCallback(number: string): void {
  callback.value = number;
  keep('callback', number);
}

export function showTheme(usual: Theme = 'auto'): void {
  const wanted = theme.value === 'auto' ? usual : theme.value;
  if (wanted === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = wanted;
}

// Three pairs of tones, as a telephone rings; nothing when sound is off or the browser forbids it.
export function ring(): void {
  if (!sound.value || !('AudioContext' in globalThis)) return;
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.gain.value = 0.2;
  volume.connect(audio.destination);
  for (let at = 0; at < 6; at++) {
    const tone = audio.createOscillator();
    tone.frequency.value = at % 2 ? 880 : 660;
    tone.connect(volume);
    tone.start(audio.currentTime + at * 0.35);
    tone.stop(audio.currentTime + at * 0.35 + 0.25);
  }
  setTimeout(() => void audio.close(), 3_000);
}
