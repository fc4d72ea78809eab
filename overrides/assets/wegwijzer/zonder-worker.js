/*
 * Goes before worker.js in the hidden page that takes the worker's place (see draad.js): makes the window speak and
 * listen as a worker does. What is said goes through a port that only the two know: from disk every file is an
 * origin of its own, without a name to address it by.
 *
 * page → parent   the port, at once; then through it all that worker.js says, and
 *                 {soort: 'dood', oorzaak}   an error that nobody caught, or a script that is not there
 */
(() => {
  'use strict';

  const { port1: port, port2: other } = new MessageChannel();

  window.postMessage = (data) => port.postMessage(data);
  port.addEventListener('message', ({ data }) => window.dispatchEvent(new MessageEvent('message', { data })));
  // what the browser itself brings came from another window, and is not for Python
  window.addEventListener('message', (event) => event.isTrusted && event.stopImmediatePropagation());
  // what came in before waits until all scripts have run
  window.addEventListener('load', () => port.start());
  // a script that fails to load tells so only on the way down to it
  window.addEventListener('error', ({ message, target }) => {
    port.postMessage({ soort: 'dood', oorzaak: message ?? `${target.src} is niet te laden` });
  }, true);
  window.parent.postMessage({ soort: 'hier' }, '*', [other]);
})();
