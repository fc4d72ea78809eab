/*
 * The page's side of the installed web app: asks the browser to hold the site, says so when it does, and offers a new
 * version. Where a browser does not hold anything (plain http, a private window, a policy) nothing is shown and the
 * site works as before.
 *
 * Any element with `data-app-status` says how it stands. Messages to and from the worker: wizard/site/bewaren/sw.js.
 */
(() => {
  'use strict';

  const HELD = 'Beschikbaar zonder internet';
  /** In sessionStorage: there was no room, so this tab does not try again. */
  const FULL = 'app-vol';

  const { werker: address } = document.currentScript.dataset;
  const wegwijzer = document.querySelector('[data-module="wegwijzer"]');
  const workers = container();

  /** Whether this page came from a worker; one that came from the network does not notice that another takes over. */
  let controlled = Boolean(workers?.controller);
  let reloading = false;

  function container() {
    try {
      return navigator.serviceWorker ?? null;
    } catch {
      return null;
    }
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /**
   * @param {() => string|Node} content made anew for each place
   * @param {{aloud?: boolean}} how whether a screen reader says it too
   */
  function status(content, { aloud = false } = {}) {
    for (const place of document.querySelectorAll('[data-app-status]')) {
      if (place.hasAttribute('role')) place.setAttribute('aria-live', aloud ? 'polite' : 'off');
      place.replaceChildren(content());
    }
  }

  function receive({ data }) {
    if (data.soort === 'voortgang' && !controlled) {
      const [done, total] = [data.klaar, data.totaal].map((bytes) => Math.round(bytes / 1e6));
      status(() => `De site wordt bewaard voor gebruik zonder internet: ${done} van ${total} MB`);
    } else if (data.soort === 'stand') {
      status(() => (data.compleet ? HELD : ''), { aloud: !controlled });
      controlled = true;
    } else if (data.soort === 'mislukt' && !controlled) {
      status(() => '');
      if (data.vol) remember();
    }
  }

  const askStatus = (worker) => worker.postMessage({ soort: 'stand' });

  function remember() {
    try {
      sessionStorage.setItem(FULL, '1');
    } catch {
      // then it is tried again on the next page
    }
  }

  function isFull() {
    try {
      return sessionStorage.getItem(FULL) !== null;
    } catch {
      return false;
    }
  }

  function offerNew() {
    const place = document.querySelector('[data-app-melding]');
    if (place.firstChild) return;
    const started = Object.keys(history.state?.antwoorden ?? {}).length > 0;
    place.append(
      element('p', {}, `Er is een nieuwe versie van deze site.${started ? ' Je antwoorden blijven staan.' : ''}`),
      element('p', {},
        element('button', { type: 'button', className: 'md-button md-button--primary', onclick: useNew }, 'Nieuwe versie gebruiken'),
        element('button', { type: 'button', className: 'md-button', onclick: () => place.replaceChildren() }, 'Later')));
  }

  /** The page's state lives in the history of this tab, so a reload keeps it. */
  async function useNew() {
    const waiting = (await workers.getRegistration())?.waiting;
    // another tab may have done it already; then this one only has to follow
    if (!waiting) return location.reload();
    reloading = true;
    waiting.addEventListener('statechange', () => waiting.state === 'activated' && location.reload());
    waiting.postMessage({ soort: 'wissel' });
  }

  /** Offers a new version as soon as all of it is there. */
  function follow(registration) {
    const look = () => {
      if (registration.waiting && registration.active) offerNew();
      // by the time that this page hears of it, it may be past this
      else registration.installing?.addEventListener('statechange', look, { once: true });
    };
    registration.addEventListener('updatefound', look);
    look();
  }

  /** Resolves when the page has all that it needs, Python included, and the browser has nothing to do. */
  async function calm() {
    if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
    if (wegwijzer) await answering();
    await new Promise((resolve) => {
      if (window.requestIdleCallback) requestIdleCallback(resolve, { timeout: 5000 });
      else setTimeout(resolve, 1000);
    });
  }

  function answering() {
    const { dataset } = wegwijzer;
    const settled = () => dataset.runtime || dataset.state === 'fout';
    return new Promise((resolve) => {
      const look = () => settled() && (observer.disconnect(), resolve());
      const observer = new MutationObserver(look);
      observer.observe(wegwijzer, { attributes: true });
      look();
    });
  }

  async function hold() {
    try {
      const registration = await workers.register(address);
      if (!registration) return;
      follow(registration);
      // after a forced reload the page came from the network, though everything is held
      if (registration.active && !workers.controller) askStatus(registration.active);
    } catch {
      // refused, or no network: the site works online as before
    }
  }

  /** For who asked the browser to fetch little: nothing is held until they say so. */
  function offerToHold() {
    const start = () => {
      status(() => '');
      hold();
    };
    status(() => element('button', { type: 'button', onclick: start }, 'Bewaar deze site voor gebruik zonder internet'));
  }

  async function start() {
    workers.addEventListener('message', receive);
    workers.addEventListener('controllerchange', () => {
      if (reloading) return;
      if (controlled) offerNew();
      else askStatus(workers.controller);
    });
    if (controlled) askStatus(workers.controller);
    await calm();
    if (controlled) await hold();
    else if (navigator.connection?.saveData) offerToHold();
    else if (!isFull()) await hold();
  }

  // the theme paints the bar of the browser in the colour that the reader chose, but leaves those that were there
  for (const fixed of document.querySelectorAll('meta[name="theme-color"][data-vast]')) fixed.remove();

  if (workers) start();
})();
