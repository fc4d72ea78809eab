/*
 * In the place of the service worker while someone writes on the site (`mkdocs serve`): a worker that was left behind
 * by a published build at the same address would go on showing that one.
 */
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(leave()));

async function leave() {
  const { scope } = self.registration;
  const names = (await caches.keys()).filter((name) => name.startsWith('wegwijzer-') && name.endsWith(scope));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
  for (const client of await self.clients.matchAll({ type: 'window' })) client.navigate(client.url);
}
