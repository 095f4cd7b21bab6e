// Keeps the shell (pages and words, never data) so that the product opens without a connection. Everything below /api/ goes to the
// network untouched: no answer about a person is ever stored here, and an emergency report never waits in a queue of this worker.
const VERSION = 'renkei-%VERSION%';
const SHELL = [];

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(VERSION)
      .then((cache) => cache.addAll(SHELL))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// A page: from the network, so that a new build shows at once; from the shell when there is none.
async function pageOf(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match('/')) ?? Response.error();
  }
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(pageOf(event.request));
  else if (SHELL.includes(url.pathname)) event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
});

// A message of the region to this browser: {title, body, tag, url, asks}. It carries no name and no diagnosis; pressing it opens the page,
// which asks who one is.
function messageOf(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

self.addEventListener('push', (event) => {
  const { title = 'Renkei', body = '', tag, url, asks } = messageOf(event.data);
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: '/icon.svg', requireInteraction: Boolean(asks), data: { url } }));
});

self.addEventListener('notificationclick', (event) => {
  const url = new URL(event.notification.data?.url ?? '/', self.location.origin);
  event.notification.close();
  event.waitUntil(self.clients.openWindow(url.origin === self.location.origin ? url.href : '/'));
});
