/*
 * The service worker: holds a whole build of the site and answers every page from it.
 *
 * The build puts its list before this script: self.SITE = { build, files: [[path, revision, integrity, bytes], …] }.
 * A new build brings a new list, and with it a new worker. That one fetches all that changed, waits until the reader
 * says so or until the last tab is closed, and only then takes over; tabs that are open then keep their own build.
 *
 * page → worker   {soort: 'wissel'}                         take over now
 *                 {soort: 'stand'}                          say whether everything is held
 * worker → page   {soort: 'voortgang', klaar, totaal}       bytes
 *                 {soort: 'stand', compleet}
 *                 {soort: 'mislukt', vol}                   vol: for want of room
 */
import { copyResponse } from 'workbox-core';
import { PrecacheController } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { Builds } from './builds.js';

const { build, files } = self.SITE;
const { scope } = self.registration;
const FILES = `wegwijzer-bestanden-${scope}`;
const builds = new Builds(`wegwijzer-bouwen-${scope}`, FILES);

/** Milliseconds between two messages about progress. */
const PROGRESS_EVERY = 200;

/** What a browser needs to hold a file comes on top of the file itself. */
const ROOM = 1.05;

const address = (path) => new URL(path, scope).href;
const NOT_FOUND = address('404.html');
const bytes = new Map(files.map(([path, , , size]) => [address(path), size]));
const total = sum(bytes.values());

let done = 0;
let told = 0;
let installing = false;

const controller = new PrecacheController({
  cacheName: FILES,
  plugins: [{
    // some servers give the page for "not found" its own status
    cacheWillUpdate: async ({ request, response }) =>
      (response.status === 200 || (response.status === 404 && request.url === NOT_FOUND) ? response : null),
    async handlerDidComplete({ request }) {
      if (!installing) return;
      done += bytes.get(request.url) ?? 0;
      if (performance.now() - told < PROGRESS_EVERY) return;
      told = performance.now();
      await tell({ soort: 'voortgang', klaar: done, totaal: total });
    },
  }],
});
controller.addToCacheList(files.map(([path, revision, integrity]) =>
  ({ url: address(path), revision, ...(integrity && { integrity }) })));

/** From path on the server to the key in the cache. */
const own = Object.fromEntries(
  [...controller.getURLsToCacheKeys()].map(([url, key]) => [new URL(url).pathname, key]));

/** Clients whose page came from the network because this build does not have it; so does the rest of it then. */
const fromNetwork = new Set();

self.addEventListener('install', (event) => event.waitUntil(install(event)));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  if (event.data?.soort === 'wissel') self.skipWaiting();
  if (event.data?.soort === 'stand') event.waitUntil(report(event.source));
});
registerRoute(({ sameOrigin, url }) => sameOrigin && url.href.startsWith(scope), respond);

async function install(event) {
  installing = true;
  try {
    await checkRoom();
    await builds.announce(build, own);
    await controller.install(event);
  } catch (error) {
    const vol = error.name === 'QuotaExceededError';
    // what came in is kept for the next try, unless there is no room for all of it
    if (vol) await builds.abandon(build).catch(() => {});
    await tell({ soort: 'mislukt', vol });
    throw error;
  } finally {
    installing = false;
  }
}

/** Throws before anything is fetched when the browser already knows that it has no room. */
async function checkRoom() {
  const estimate = await navigator.storage?.estimate?.();
  if (!estimate) return;
  const needed = sum((await missing()).map(([url]) => bytes.get(url))) * ROOM;
  if (estimate.quota - estimate.usage < needed) throw new DOMException(`${needed} bytes`, 'QuotaExceededError');
}

async function activate() {
  try {
    const tabs = await self.clients.matchAll({ type: 'all' });
    await builds.begin(build, tabs.map(({ id }) => id));
    await builds.tidy(build);
  } finally {
    // the page of a first visit goes on without a network too
    await self.clients.claim();
  }
}

async function report(client) {
  let left = await missing();
  if (left.length) {
    await Promise.allSettled(left.map(mend));
    left = await missing();
  }
  client?.postMessage({ soort: 'stand', compleet: left.length === 0 });
  await builds.tidy(build);
}

/** What of this build is not in the cache, as address and key. */
async function missing() {
  const cache = await caches.open(FILES);
  const held = new Set((await cache.keys()).map(({ url }) => url));
  return [...controller.getURLsToCacheKeys()].filter(([, key]) => !held.has(key));
}

/** Fetches again what a browser threw away; only the very same file will do. */
async function mend([url, key]) {
  const response = await fetch(url, { cache: 'no-cache', integrity: controller.getIntegrityForCacheKey(key) ?? '' });
  if (!response.ok) return;
  const cache = await caches.open(FILES);
  await cache.put(key, response.redirected ? await copyResponse(response) : response);
}

async function respond({ request, url, event }) {
  const navigates = request.mode === 'navigate';
  if (!navigates && fromNetwork.has(event.clientId)) return fetch(request);
  const list = (!navigates && (await builds.shownBy(event.clientId))) || own;
  const cache = await caches.open(FILES);
  const find = (key) => key && cache.match(key, { ignoreVary: true });
  const { origin, pathname, search } = url;
  const held =
    (await find(list[pathname] ?? list[pathname.replace(/index\.html$/, '')])) ??
    // a name with a hash says what is in it, whichever build has it: for the Python of a page of an older build
    (await find(origin + pathname));
  if (held) return held;
  if (navigates && list[`${pathname}/`]) return Response.redirect(`${pathname}/${search}`);
  try {
    const response = await fetch(request);
    if (navigates && event.resultingClientId) fromNetwork.add(event.resultingClientId);
    return response;
  } catch (error) {
    const page = navigates && (await find(own[new URL(NOT_FOUND).pathname]));
    if (!page) throw error;
    return new Response(page.body, { status: 404, headers: page.headers });
  }
}

async function tell(message) {
  for (const client of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
    client.postMessage(message);
  }
}

function sum(numbers) {
  return [...numbers].reduce((a, b) => a + b, 0);
}
