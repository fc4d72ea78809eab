/*
 * The page's side of the wegwijzer's Python: starts the worker and turns its messages into promises.
 *
 *   WegwijzerPython.start(onVoortgang) → Promise<{python, weg, draad}>
 *   WegwijzerPython.vraag(verzoek) → Promise<antwoord>
 *
 * A question may come before the start is done; it waits. A failure rejects with an `Error` whose `message` is Dutch and
 * meant for the reader, and whose `cause` is meant for who mends it; with `blijvend` another try is of no use. After a
 * start that failed, `start` may be called again.
 */
(() => {
  'use strict';

  const STOPPED =
    'De wegwijzer is onverwacht gestopt. Laad de pagina opnieuw; helpt dat niet, gebruik dan de tabellen op deze site.';

  const NO_WASM =
    'De wegwijzer kan in deze browser niet rekenen, want WebAssembly staat uit. Misschien heeft je organisatie dat ' +
    'gedaan. Een andere browser of een ander apparaat kan het vaak wel.';

  /** Seconds in which a worker that has work to do says nothing, after which it is taken for dead. */
  const SILENCE = 30;

  /** In the page: the manifest of the runtime, and where its folder and the worker are. */
  const place = document.querySelector('[data-manifest]');
  const folder = new URL(place.dataset.basis, document.baseURI).href;

  /** What `WegwijzerDraad.open` gave. */
  let worker = null;
  /** Whether a start failed. */
  let failed = false;
  let silence = 0;
  let lastId = 0;
  let ready = deferred();
  let report = () => {};

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
   * @param {(voortgang: {geladen: number, totaal: number, wat: string}) => void} onVoortgang
   * @returns {Promise<{python: string, weg: 'snapshot'|'gewoon', draad: 'worker'|'pagina'}>}
   */
  function start(onVoortgang) {
    report = onVoortgang;
    if (failed) ready = deferred();
    failed = false;
    if (!worker) begin();
    return ready.promise;
  }

  function begin() {
    if (typeof WebAssembly !== 'object') {
      fail(NO_WASM, 'geen WebAssembly', { blijvend: true });
      return;
    }
    const url = window.WegwijzerLos?.worker() ?? new URL(place.dataset.worker, document.baseURI).href;
    worker = window.WegwijzerDraad.open(
      { worker: url, pagina: new URL('../zonder-worker.html', folder).href },
      { bericht: receive, dood: (oorzaak) => fail(STOPPED, oorzaak) },
    );
    worker.postMessage({ soort: 'start', manifest: JSON.parse(place.textContent), basis: folder });
    silence = 0;
  }

  // A worker that the browser ended says nothing any more, not even that. Seconds are counted, and not measured, so that
  // a laptop that slept does not find its worker dead.
  setInterval(() => {
    silence += 1;
    if (worker && (pending.size || !worker.klaar) && silence > SILENCE) fail(STOPPED, `${SILENCE} seconden stil`);
  }, 1000);

  /**
   * @param {object} verzoek what `wizard.browser.handle` understands
   * @returns {Promise<object>} its answer
   */
  async function vraag(verzoek) {
    await ready.promise;
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      silence = 0;
      worker.postMessage({ soort: 'vraag', id, verzoek });
    });
  }

  function receive(data) {
    silence = 0;
    if (data.soort === 'voortgang') report(data);
    else if (data.soort === 'klaar') {
      worker.klaar = true;
      ready.resolve({ python: data.python, weg: data.weg, draad: worker.soort });
    } else if (data.soort === 'antwoord') settle(data.id, ({ resolve }) => resolve(data.antwoord));
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
