/*
 * The wegwijzer's Python, in a worker: restores the memory snapshot, or starts Pyodide the ordinary way when
 * that fails, and then passes questions to `wizard.browser.handle`.
 *
 * page → worker   {soort: 'start', manifest, basis}       basis: absolute URL of the folder of the files
 *                 {soort: 'vraag', id, verzoek}
 * worker → page   {soort: 'voortgang', geladen, totaal, wat}
 *                 {soort: 'tik'}                           at work on the start; the network may take its time
 *                 {soort: 'klaar', python, weg: 'snapshot' | 'gewoon'}
 *                 {soort: 'antwoord', id, antwoord}
 *                 {soort: 'fout', id?, melding, oorzaak}   melding: for the reader; oorzaak: for who mends it
 *
 * A classic script: a page opened from disk can only start such a one, from a Blob.
 */
(() => {
  'use strict';

  /** Where the wheel lies in Pyodide's own file system. */
  const WHEEL = '/lib/wizard.whl';

  /** Share of the bar, in bytes per byte to fetch, for what follows the fetching. */
  const START_SHARE = 0.15;

  /** Milliseconds between two messages about progress. */
  const PROGRESS_EVERY = 40;

  /** Milliseconds between two signs of life during the start. */
  const TICK_EVERY = 2000;

  const FETCHING = 'Python ophalen';
  const RESTORING = 'De wegwijzer klaarzetten';
  const FETCHING_OTHERWISE = 'Python langs een andere weg ophalen';
  const BOOTING = 'Python starten';

  const NOT_STARTED =
    'De wegwijzer kan in deze browser niet starten. Laad de pagina opnieuw; helpt dat niet, gebruik dan de ' +
    'tabellen op deze site.';
  const NOT_ANSWERED = 'De wegwijzer kan deze vraag niet verwerken. Begin opnieuw of gebruik de tabellen op deze site.';

  const ADD_WHEEL = `import sys\nsys.path.insert(0, ${JSON.stringify(WHEEL)})`;

  const networkFetch = self.fetch.bind(self);

  /**
   * The only way to a file. The folder for use without a server sets `self.wegwijzerBron` before this script.
   * @type {{open(name: string, basis: string): Promise<Response>,
   *   run(name: string, basis: string): void|Promise<void>}}
   */
  const source = self.wegwijzerBron ?? {
    open: (name, basis) => networkFetch(new URL(name, basis)),
    run: (name, basis) => self.importScripts(new URL(name, basis).href),
  };

  /** Tells the page how far the start is; the bar never goes back, also not when the plan changes. */
  class Progress {
    #total;
    #base = 0;
    #scale = 1;
    #work = new Map();
    #done = new Map();
    #label = '';
    #sent = -Infinity;

    /** @param {Map<string, number>} work bytes, or what counts as such, by task */
    constructor(work) {
      this.#work = work;
      this.#total = sum(work);
    }

    /** Spreads what is left of the bar over other work. */
    replan(work) {
      this.#base = this.#loaded();
      this.#work = work;
      this.#done = new Map();
      this.#scale = (this.#total - this.#base) / sum(work);
    }

    /** Moves `task` on to `amount`; a task that starts again waits until it passes its old mark. */
    reach(task, amount, label) {
      if (!this.#work.has(task)) return;
      const capped = Math.min(amount, this.#work.get(task));
      this.#done.set(task, Math.max(capped, this.#done.get(task) ?? 0));
      this.#send(label, label !== this.#label);
    }

    finish(task, label) {
      this.reach(task, Infinity, label);
    }

    /** What is left of `task`. */
    left(task) {
      return this.#work.get(task) - (this.#done.get(task) ?? 0);
    }

    complete(label) {
      for (const [task, amount] of this.#work) this.#done.set(task, amount);
      this.#send(label, true);
    }

    #loaded() {
      return Math.min(this.#total, this.#base + this.#scale * sum(this.#done));
    }

    #send(label, now) {
      const time = performance.now();
      if (!now && time - this.#sent < PROGRESS_EVERY) return;
      this.#sent = time;
      this.#label = label;
      const geladen = Math.round(this.#loaded());
      self.postMessage({ soort: 'voortgang', geladen, totaal: Math.round(this.#total), wat: label });
    }
  }

  /** One start of Python, by one manifest. */
  class Starter {
    #manifest;
    #files;
    #basis;
    #progress;
    #label = FETCHING;
    #kept = new Map();
    #there = new Set();

    constructor(manifest, basis) {
      this.#manifest = manifest;
      this.#files = manifest.bestanden;
      this.#basis = basis;
      this.#progress = new Progress(this.#plan(['pyodide', 'snapshot']));
    }

    /** @returns {Promise<{pyodide: object, weg: 'snapshot'|'gewoon'}>} */
    async start() {
      try {
        return { pyodide: await this.#restore(), weg: 'snapshot' };
      } catch (error) {
        try {
          return { pyodide: await this.#boot(), weg: 'gewoon' };
        } catch (last) {
          throw new Error(`${reason(last)} (na: ${reason(error)})`, { cause: last });
        }
      }
    }

    complete() {
      this.#progress.complete(this.#label);
    }

    async #restore() {
      // The request leaves before the scripts run: importScripts holds up this thread until it has its file.
      const machine = this.#once('snapshot', () => this.#compile('snapshot'));
      // when one fails the other may fail later, with nobody listening any more
      machine.catch(() => {});
      const [module] = await Promise.all([machine, this.#once('scripts', () => this.#scripts())]);
      const header = this.#header(module);
      this.#label = RESTORING;
      this.#progress.reach('start', this.#progress.left('start') / 3, RESTORING);
      return this.#load(module, { _loadSnapshot: header });
    }

    /**
     * What Pyodide wants to know of a snapshot. The memory itself is in the module, and Pyodide finds none behind the
     * header to copy; it only asks how large it is.
     */
    #header(module) {
      const [merk] = WebAssembly.Module.customSections(module, 'merk');
      const [section] = WebAssembly.Module.customSections(module, 'snapshot');
      const { naam, merk: ours } = this.#files.snapshot;
      if (!merk || !section || new TextDecoder().decode(merk) !== ours) throw new Error(`${naam}: andere inhoud`);
      const header = new Uint8Array(section.slice(4));
      return Object.defineProperty(header, 'length', { value: new DataView(section).getUint32(0, true) });
    }

    async #boot() {
      this.#label = FETCHING_OTHERWISE;
      const roles = ['pyodide', 'wasm', 'stdlib', 'wheel'];
      this.#progress.replan(this.#plan(roles.filter((role) => !this.#there.has(role))));
      const [module, stdlib, wheel] = await Promise.all([
        this.#once('wasm', () => this.#compile('wasm')),
        this.#whole('stdlib'),
        this.#whole('wheel'),
        this.#once('scripts', () => this.#scripts()),
      ]);
      this.#label = BOOTING;
      this.#progress.reach('start', this.#progress.left('start') / 4, BOOTING);
      const pyodide = await this.#load(module, {}, stdlib);
      this.#progress.reach('start', this.#progress.left('start') / 2, BOOTING);
      pyodide.FS.writeFile(WHEEL, wheel);
      pyodide.runPython(ADD_WHEEL);
      return pyodide;
    }

    /** Work by task: the bytes of the files, and a share for the start itself. */
    #plan(roles) {
      const work = new Map(roles.map((role) => [role, this.#files[role].bytes]));
      return work.set('start', Math.max(1, Math.round(sum(work) * START_SHARE)));
    }

    /** The outcome of `make`, shared by both ways to start; a failure is forgotten, so that it gets a second chance. */
    #once(key, make) {
      if (!this.#kept.has(key)) {
        const promise = make();
        this.#kept.set(key, promise);
        promise.catch(() => this.#kept.delete(key));
      }
      return this.#kept.get(key);
    }

    async #scripts() {
      const { naam } = this.#files.pyodide;
      if (typeof self._createPyodideModule !== 'function') await source.run(naam, this.#basis);
      for (const name of ['loadPyodide', '_createPyodideModule']) {
        if (typeof self[name] !== 'function') throw new Error(`${naam}: geen ${name}`);
      }
      this.#progress.finish('pyodide', this.#label);
      this.#there.add('pyodide');
    }

    /**
     * The chunks of a file as they come in; throws when there are more or fewer bytes than the manifest says. The
     * request leaves now, not when someone reads.
     */
    #chunks(role) {
      const response = source.open(this.#files[role].naam, this.#basis);
      response.catch(() => {});
      return this.#read(role, response);
    }

    async *#read(role, opened) {
      const { naam, bytes } = this.#files[role];
      const response = await opened;
      if (!response.ok) throw new Error(`${naam}: ${response.status}`);
      let seen = 0;
      for await (const chunk of read(response.body)) {
        seen += chunk.length;
        if (seen > bytes) throw new Error(`${naam}: langer dan ${bytes} bytes`);
        this.#progress.reach(role, seen, this.#label);
        yield chunk;
      }
      if (seen !== bytes) throw new Error(`${naam}: ${seen} van ${bytes} bytes`);
    }

    /** A machine, compiled while it comes in. */
    async #compile(role) {
      const chunks = this.#chunks(role);
      let broken = null;
      const body = new ReadableStream({
        async pull(controller) {
          try {
            const { done, value } = await chunks.next();
            if (done) controller.close();
            else controller.enqueue(value);
          } catch (error) {
            broken = error;
            controller.error(error);
          }
        },
        cancel: () => chunks.return(),
      });
      const response = new Response(body, { headers: { 'content-type': 'application/wasm' } });
      // the compiler itself only says that reading failed, not why
      const module = await WebAssembly.compileStreaming(response).catch((error) => Promise.reject(broken ?? error));
      this.#there.add(role);
      return module;
    }

    async #whole(role) {
      const bytes = await collect(this.#chunks(role), this.#files[role].bytes);
      await this.#check(role, bytes);
      return bytes;
    }

    async #check(role, bytes) {
      // no crypto.subtle on plain http (other than localhost) and from disk
      if (!self.crypto?.subtle) return;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      if (hex !== this.#files[role].sha256) throw new Error(`${this.#files[role].naam}: andere inhoud`);
    }

    /** Pyodide on `module`; rejects where Pyodide itself would only warn and wait for ever. */
    #load(module, options, stdlib = new Uint8Array()) {
      const stdLibURL = new URL('python_stdlib.zip', this.#basis).href;
      // Python, and Pyodide itself, reach nothing outside: what they may have is here already
      self.fetch = async (url) => {
        if (String(url) === stdLibURL) return new Response(stdlib);
        if (String(url).endsWith('/pyodide.asm.wasm')) return new Response();
        throw new TypeError(`Geen toegang tot ${url}`);
      };
      const instantiated = new Promise((_, reject) => {
        WebAssembly.instantiateStreaming = async (_response, imports) => {
          try {
            return { module, instance: filled(await WebAssembly.instantiate(module, imports)) };
          } catch (error) {
            reject(error);
            return new Promise(() => {});
          }
        };
      });
      const loaded = self.loadPyodide({
        indexURL: this.#basis,
        packageBaseUrl: this.#basis,
        stdLibURL,
        lockFileContents: this.#manifest.lock,
        ...options,
      });
      return Promise.race([loaded, instantiated]);
    }
  }

  function sum(amounts) {
    let total = 0;
    for (const amount of amounts.values()) total += amount;
    return total;
  }

  function reason(error) {
    return String(error?.message ?? error);
  }

  /** An instance whose memory becomes that of the snapshot, if it has one, once the C code has set itself up. */
  function filled(instance) {
    const { __wasm_call_ctors: construct, restore_snapshot: restore, ...others } = instance.exports;
    if (!restore) return instance;
    const constructAndRestore = () => {
      construct();
      restore();
    };
    return { exports: { ...others, __wasm_call_ctors: constructAndRestore } };
  }

  async function collect(chunks, size) {
    const bytes = new Uint8Array(size);
    let at = 0;
    for await (const chunk of chunks) {
      if (at + chunk.length > size) throw new Error(`langer dan ${size} bytes`);
      bytes.set(chunk, at);
      at += chunk.length;
    }
    if (at !== size) throw new Error(`${at} van ${size} bytes`);
    return bytes;
  }

  // not every browser can iterate over a stream by itself
  async function* read(stream) {
    const reader = stream.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } finally {
      reader.cancel().catch(() => {});
    }
  }

  /** @type {Promise<(json: string) => string>|null} */
  let door = null;

  async function start({ manifest, basis }) {
    const tick = setInterval(() => self.postMessage({ soort: 'tik' }), TICK_EVERY);
    const starter = new Starter(manifest, basis);
    const { pyodide, weg } = await starter.start().finally(() => clearInterval(tick));
    const browser = pyodide.pyimport('wizard.browser');
    const python = browser.wake();
    starter.complete();
    self.postMessage({ soort: 'klaar', python, weg });
    return browser.handle;
  }

  async function answer({ id, verzoek }) {
    try {
      if (!door) throw new Error('vraag voor start');
      const handle = await door;
      self.postMessage({ soort: 'antwoord', id, antwoord: JSON.parse(handle(JSON.stringify(verzoek))) });
    } catch (error) {
      self.postMessage({ soort: 'fout', id, melding: NOT_ANSWERED, oorzaak: reason(error) });
    }
  }

  self.addEventListener('message', ({ data }) => {
    if (data.soort === 'start' && !door) {
      door = start(data);
      door.catch((error) => self.postMessage({ soort: 'fout', melding: NOT_STARTED, oorzaak: reason(error) }));
    } else if (data.soort === 'vraag') {
      answer(data);
    }
  });
})();
