/*
 * What the service worker writes down about builds: which files each consists of, which one is in use, and which tabs
 * still show an older one. A worker is stopped and started at will, so none of it can live in memory alone.
 *
 * Files of all builds lie in one cache, each under an address with its own revision; a build is a list of those.
 * So a file that did not change is held once, and a build is whole or it is not there.
 */

const STATE = 'actief';
const LIST = 'bouw/';

/** @typedef {{since: number, files: Record<string, string>}} Build files: from path to the key in the cache of files */

export class Builds {
  #records;
  #files;
  #state = null;
  #lists = new Map();

  /**
   * @param {string} records name of the cache for these notes
   * @param {string} files name of the cache that holds the files
   */
  constructor(records, files) {
    this.#records = records;
    this.#files = files;
  }

  /** Notes that a build is on its way: from now on nothing of it is cleared away. */
  async announce(build, files) {
    await this.#write(LIST + build, { since: Date.now(), files });
  }

  /** Forgets a build that could not be held; what no other build needs is cleared away. */
  async abandon(build) {
    await (await caches.open(this.#records)).delete(this.#address(LIST + build));
    await this.#keepOnly(await this.#all());
  }

  /** Takes a build into use; `tabs` are the clients that go on with what they have. */
  async begin(build, tabs) {
    const { active, older } = await this.#current();
    const now = active === undefined || active === build ? {} : Object.fromEntries(tabs.map((id) => [id, older[id] ?? active]));
    await this.#save({ active: build, older: now });
  }

  /** The files of the build that a client shows, when that is an older one; otherwise null. */
  async shownBy(client) {
    const build = (await this.#current()).older[client];
    if (!build) return null;
    if (!this.#lists.has(build)) this.#lists.set(build, (await this.#read(LIST + build))?.files ?? null);
    return this.#lists.get(build);
  }

  /** Clears away the builds before `build` that no tab shows any more. */
  async tidy(build) {
    const { active, older } = await this.#current();
    const clients = await self.clients.matchAll({ type: 'all', includeUncontrolled: true });
    const alive = new Set(clients.map(({ id }) => id));
    const left = Object.fromEntries(Object.entries(older).filter(([id]) => alive.has(id)));
    if (Object.keys(left).length < Object.keys(older).length) await this.#save({ active, older: left });
    const all = await this.#all();
    const since = all.get(build)?.since ?? Infinity;
    const shown = new Set(Object.values(left));
    const kept = new Map();
    for (const [name, list] of all) {
      // a newer one is being fetched, or waits
      if (name === build || list.since > since || shown.has(name)) kept.set(name, list);
      else await (await caches.open(this.#records)).delete(this.#address(LIST + name));
    }
    if (kept.size < all.size) await this.#keepOnly(kept);
  }

  async #keepOnly(lists) {
    const wanted = new Set([...lists.values()].flatMap(({ files }) => Object.values(files)));
    const cache = await caches.open(this.#files);
    for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  }

  /** @returns {Promise<Map<string, Build>>} */
  async #all() {
    const cache = await caches.open(this.#records);
    const from = this.#address(LIST);
    const lists = (await cache.keys()).filter(({ url }) => url.startsWith(from));
    return new Map(await Promise.all(lists.map(async (request) =>
      [request.url.slice(from.length), await (await cache.match(request)).json()])));
  }

  async #current() {
    this.#state ??= this.#read(STATE);
    return (await this.#state) ?? { active: undefined, older: {} };
  }

  async #save(state) {
    this.#state = Promise.resolve(state);
    await this.#write(STATE, state);
  }

  #address(name) {
    return new URL(name, self.registration.scope).href;
  }

  async #read(name) {
    const found = await (await caches.open(this.#records)).match(this.#address(name));
    return found ? found.json() : null;
  }

  async #write(name, content) {
    await (await caches.open(this.#records)).put(this.#address(name), Response.json(content));
  }
}
