/*
 * Goes before the worker in the folder that works without a server: there a worker can fetch nothing, so it asks
 * the page for its files, and the page hands them over as text (gzip in base64). Pyodide's own scripts stand before
 * this one in the same Blob, since not every browser lets such a worker import scripts.
 *
 * worker → page   {soort: 'bestand', naam}
 * page → worker   {soort: 'bestand', naam, tekst}     tekst: null when there is no such file
 */
(() => {
  'use strict';

  /** Files under way, by name. */
  const pending = new Map();

  self.addEventListener('message', ({ data }) => {
    if (data.soort !== 'bestand') return;
    const { resolve, reject } = pending.get(data.naam);
    pending.delete(data.naam);
    if (data.tekst === null) reject(new Error(`${data.naam}: niet gevonden`));
    else resolve(data.tekst);
  });

  function ask(naam) {
    return new Promise((resolve, reject) => {
      pending.set(naam, { resolve, reject });
      self.postMessage({ soort: 'bestand', naam });
    });
  }

  function decode(text) {
    const characters = atob(text);
    const bytes = new Uint8Array(characters.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
    return bytes;
  }

  self.wegwijzerBron = {
    async open(naam) {
      const packed = decode(await ask(naam));
      // written into, since WebKit cannot stream from a Blob here
      const stream = new DecompressionStream('gzip');
      const writer = stream.writable.getWriter();
      writer.write(packed).then(() => writer.close()).catch(() => {});
      return new Response(stream.readable);
    },
    run(naam) {
      throw new Error(`${naam} hoort al in deze worker te staan`);
    },
  };
})();
