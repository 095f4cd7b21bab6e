// Entry: words first, then the page; the shell is kept by a service worker so that a report can be written without a connection.
import './styles/app.css';
import { render } from 'preact';
import { App } from './app/app.tsx';
import { showTheme } from './app/device.ts';
import { followLinks } from './app/route.ts';
import { loadWords } from './app/words.ts';

showTheme();
followLinks();
void loadWords().then(() => {
  const root = document.getElementById('app');
  if (root) render(<App />, root);
});
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
