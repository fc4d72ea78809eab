/*
 * Where the wegwijzer's Python lives: in a worker, or in a hidden page of our own where the browser allows no worker.
 * Both run the same worker.js and speak the same messages, so nobody else needs to know which it is.
 *
 *   WegwijzerDraad.open(urls, { bericht, dood }) → { soort, postMessage(data), terminate() }
 *
 *   urls      { worker, pagina }: URL of worker.js or of a Blob with its text, and of zonder-worker.html
 *   bericht   called with every message
 *   dood      called once, with the cause, when it stopped or could not begin at all
 *   soort     'worker' or 'pagina': what it is by now
 *
 * A hidden page and not a script on this one: what worker.js changes about fetch and WebAssembly stays there.
 */
(() => {
  'use strict';

  /** Milliseconds after which a hidden page that was loaded, but says nothing, is not ours. */
  const GRACE = 5000;

  function inWorker(url, bericht, dood) {
    const worker = new Worker(url);
    worker.addEventListener('message', ({ data }) => bericht(data));
    worker.addEventListener('messageerror', () => dood('messageerror'));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      dood(event.message ?? 'de worker is niet te laden');
    });
    return { postMessage: (data) => worker.postMessage(data), terminate: () => worker.terminate() };
  }

  function inPage(url, bericht, dood) {
    const frame = document.createElement('iframe');
    const waiting = [];
    let port = null;
    let timer = 0;

    function postMessage(data) {
      if (port) port.postMessage(data);
      else waiting.push(data);
    }

    /** The frame's first and only word to this window: the port to speak through. */
    function listen({ source, ports }) {
      if (source !== frame.contentWindow) return;
      [port] = ports;
      port.onmessage = ({ data }) => (data.soort === 'dood' ? dood(data.oorzaak) : bericht(data));
      waiting.splice(0).forEach(postMessage);
    }

    window.addEventListener('message', listen);
    frame.addEventListener('load', () => {
      // also called for a page that says the file is not there
      timer = setTimeout(() => port || dood(`${url} geeft geen antwoord`), GRACE);
    });
    frame.className = 'ww-draad';
    frame.title = 'Python van de wegwijzer';
    frame.tabIndex = -1;
    frame.setAttribute('aria-hidden', 'true');
    frame.src = url;
    document.body.append(frame);
    return {
      postMessage,
      terminate() {
        clearTimeout(timer);
        window.removeEventListener('message', listen);
        port?.close();
        frame.remove();
      },
    };
  }

  function open(urls, { bericht, dood }) {
    /** What was said to a worker that may turn out not to be there. */
    let said = [];
    let heard = false;
    let ended = false;
    let here = null;

    function receive(data) {
      if (ended) return;
      heard = true;
      said = [];
      bericht(data);
    }

    function stop(oorzaak) {
      if (ended) return;
      ended = true;
      here?.terminate();
      dood(oorzaak);
    }

    function otherwise() {
      here?.terminate();
      thread.soort = 'pagina';
      here = inPage(urls.pagina, receive, stop);
      said.splice(0).forEach(here.postMessage);
    }

    const thread = {
      soort: 'worker',
      postMessage(data) {
        if (!heard) said.push(data);
        here.postMessage(data);
      },
      terminate() {
        ended = true;
        here.terminate();
      },
    };

    try {
      here = inWorker(urls.worker, receive, (oorzaak) => {
        // one that never said a word was not allowed, or could not be loaded; one that did has broken down
        if (heard) stop(oorzaak);
        else if (!ended) otherwise();
      });
    } catch {
      otherwise();
    }
    return thread;
  }

  window.WegwijzerDraad = { open };
})();
