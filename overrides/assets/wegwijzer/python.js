/*
 * The page's side of the wegwijzer's Python: starts the worker and turns its messages into promises.
 *
 *   WegwijzerPython.start(manifest, basis, workerUrl, onVoortgang) → Promise<{python, weg, draad}>
 *   WegwijzerPython.vraag(verzoek) → Promise<antwoord>
 *
 * A question may come before the start is done, or before it began; it waits. A failure rejects with an `Error`
 * whose `message` is Dutch and meant for the reader, and whose `cause` is meant for who mends it; with `blijvend`
 * another try is of no use. After a start that failed, `start` may be called again.
 */
(() => {
  'use strict';

  const STOPPED =
    'De wegwijzer is onverwacht gestopt. Laad de pagina opnieuw; helpt dat niet, gebruik dan de tabellen op deze site.';

  const NO_WASM =
    'De wegwijzer kan in deze browser niet rekenen, want WebAssembly staat uit. Misschien heeft je organisatie dat ' +
    'gedaan. Een andere browser of een ander apparaat kan het vaak wel.';

  /** What `WegwijzerDraad.open` gave. */
  let worker = null;
  let failed = false;
  let folder = '';
  let lastId = 0;
  let ready = deferred();

  /** Questions under way, by id. */
  const pending = new Map();

  function deferred() {
    const result = {};
    result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
    // a start that fails before anyone asked a question is told through `start`
    result.promise.catch(() => {});
    return result;
  }

  /**
   * @param {object} manifest as the build of the runtime made it
   * @param {string} basis URL of the folder of its files
   * @param {string} workerUrl URL of worker.js, or of a Blob with its text
   * @param {(voortgang: {geladen: number, totaal: number, wat: string}) => void} [onVoortgang]
   * @returns {Promise<{python: string, weg: 'snapshot'|'gewoon', draad: 'worker'|'pagina'}>}
   */
  function start(manifest, basis, workerUrl, onVoortgang = () => {}) {
    if (worker) return ready.promise;
    if (failed) ready = deferred();
    failed = false;
    if (typeof WebAssembly !== 'object') {
      fail(NO_WASM, 'geen WebAssembly', { blijvend: true });
      return ready.promise;
    }
    folder = new URL(basis, document.baseURI).href;
    worker = window.WegwijzerDraad.open(
      { worker: workerUrl, pagina: new URL('../zonder-worker.html', folder).href },
      { bericht: (data) => receive(data, onVoortgang), dood: (oorzaak) => fail(STOPPED, oorzaak) },
    );
    worker.postMessage({ soort: 'start', manifest, basis: folder });
    return ready.promise;
  }

  /**
   * @param {object} verzoek what `wizard.browser.handle` understands
   * @returns {Promise<object>} its answer
   */
  async function vraag(verzoek) {
    await ready.promise;
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      worker.postMessage({ soort: 'vraag', id, verzoek });
    });
  }

  function receive(data, onVoortgang) {
    if (data.soort === 'voortgang') onVoortgang(data);
    else if (data.soort === 'klaar') ready.resolve({ python: data.python, weg: data.weg, draad: worker.soort });
    else if (data.soort === 'antwoord') settle(data.id, ({ resolve }) => resolve(data.antwoord));
    else if (data.soort === 'bestand') hand(data.naam);
    else if (data.soort === 'fout' && data.id === undefined) fail(data.melding, data.oorzaak);
    else if (data.soort === 'fout') {
      const error = new Error(data.melding, { cause: data.oorzaak });
      settle(data.id, ({ reject }) => reject(error));
    }
  }

  /** Gives the worker a file that it cannot fetch itself; only asked for in the folder without a server. */
  async function hand(naam) {
    const tekst = await window.WegwijzerLos.bestand(naam, folder);
    worker?.postMessage({ soort: 'bestand', naam, tekst });
  }

  function settle(id, how) {
    const question = pending.get(id);
    pending.delete(id);
    if (question) how(question);
  }

  /** Ends the worker; who waits hears why, and so does who asks before a new start. */
  function fail(melding, oorzaak, meer = {}) {
    const error = Object.assign(new Error(melding, { cause: oorzaak }), meer);
    worker?.terminate();
    worker = null;
    failed = true;
    ready.reject(error);
    // a promise that was kept cannot be broken any more
    ready = deferred();
    ready.reject(error);
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  }

  window.WegwijzerPython = { start, vraag };
})();
