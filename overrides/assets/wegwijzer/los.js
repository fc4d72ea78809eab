/*
 * The page's side of the folder that works without a server: files come in as classic scripts, which is the one thing
 * every browser lets a page load from disk.
 *
 *   WegwijzerLos.lever(naam, tekst)       called by those scripts
 *   WegwijzerLos.bestand(naam, basis)     → Promise<string|null>, a file of Python as gzip in base64
 *   WegwijzerLos.worker()                 → the URL of the worker, from its text
 */
(() => {
  'use strict';

  const delivered = new Map();

  function bestand(naam, basis) {
    return new Promise((resolve) => {
      const script = document.createElement('script');
      script.src = new URL(`${naam}.js`, basis).href;
      script.addEventListener('load', () => {
        resolve(delivered.get(naam) ?? null);
        // it is a few megabytes, and nobody asks for it twice
        delivered.delete(naam);
        script.remove();
      });
      script.addEventListener('error', () => resolve(null));
      document.head.append(script);
    });
  }

  window.WegwijzerLos = {
    lever: (naam, tekst) => delivered.set(naam, tekst),
    bestand,
    worker: () => URL.createObjectURL(new Blob([delivered.get('worker')], { type: 'text/javascript' })),
  };
})();
