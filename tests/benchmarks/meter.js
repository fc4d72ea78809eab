/*
 * Stands at the top of every page that is measured, in every browser alike, and handles the page as a quick reader
 * would. It only needs what any page may do, so no tool that drives a browser listens along and slows a worker down.
 *
 * All moments are milliseconds since the navigation began.
 *
 *   a contender calls meter.answered(json) with what Python said, or meter.failed(words)
 *   the wegwijzer is answered as soon as its button does something, and then twenty times and more
 *   any other page is left to load
 */
(() => {
  'use strict';

  const REPORT_TO = '__WAAR__';
  const ANSWERS = 24;
  const LIMIT = 120_000;
  const AFTER_LOAD = 2500;

  const report = { soort: 'pagina', adres: location.href, oorsprong: performance.timeOrigin, taken: [], antwoorden: [] };
  const { port1: again, port2: post } = new MessageChannel();
  let waiting = null;
  let last = performance.now();
  let beating = true;
  let sent = false;

  /** Sleeps as short as a browser allows: a gap between two beats is a task that held the page up. */
  let longest = 0;
  function beat() {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    step();
    if (beating) setTimeout(beat, 0);
  }

  for (const type of ['longtask', 'long-animation-frame']) {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) continue;
    if (type === 'longtask') report.kentTaken = true;
    new PerformanceObserver((list) => {
      for (const { startTime, duration, scripts } of list.getEntries()) {
        report.taken.push({
          soort: type,
          begin: startTime,
          duur: duration,
          scripts: scripts?.map((script) => [script.sourceURL, script.invoker, script.duration]),
        });
      }
    }).observe({ type, buffered: true });
  }

  /** The moment that what stands in the document now has been drawn. */
  function drawn() {
    return new Promise((resolve) => {
      again.onmessage = () => resolve(performance.now());
      requestAnimationFrame(() => post.postMessage(null));
    });
  }

  function firstAnswer() {
    report.antwoord = performance.now();
    // the task that brought the answer is not over yet
    report.hapering = Math.max(longest, report.antwoord - last);
    beating = false;
  }

  function answered(json) {
    if (report.antwoord !== undefined) return;
    firstAnswer();
    report.soort = 'mededinger';
    const answer = JSON.parse(json);
    if (answer.soort !== 'vraag') report.fout = `geen vraag maar ${json.slice(0, 200)}`;
    report.vraag = answer.vraag?.id;
    send();
  }

  function failed(words) {
    report.fout = String(words);
    send();
  }

  // -- the wegwijzer ---------------------------------------------------------------------------------------------

  const root = () => document.querySelector('[data-module="wegwijzer"]');
  const question = () => root()?.querySelector('fieldset input[type="radio"]')?.name ?? '';
  const screen = () => root().dataset.state + question();
  let first = '';

  /** Before the answer: presses the button until that does something. */
  function step() {
    if (report.bedienbaar !== undefined || !question() || !root().querySelector('[data-action="verder"]')) return;
    first = question();
    report.zichtbaar ??= performance.now();
    choose(0);
    const busy = root().querySelector('[aria-busy="true"]');
    if (busy || question() !== first) {
      report.soort = 'wegwijzer';
      report.bedienbaar = performance.now();
      changed(first).then(journey, failed);
    }
  }

  function choose(number) {
    const options = root().querySelectorAll('fieldset input[type="radio"]');
    options[number % options.length].click();
    root().querySelector('[data-action="verder"]').click();
  }

  /** Resolves when another question, or the advice, stands in the document. */
  function changed(from) {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (root().dataset.state === 'fout') reject(new Error(root().querySelector('[role="alert"]')?.textContent));
        else if (question() !== from && !root().querySelector('[aria-busy="true"]')) resolve();
        else return;
        observer.disconnect();
      };
      const observer = new MutationObserver(look);
      observer.observe(root(), { subtree: true, childList: true, attributes: true });
      look();
    });
  }

  async function journey() {
    firstAnswer();
    report.weg = root().dataset.weg;
    report.python = root().dataset.runtime;
    await drawn();
    for (let number = 0; report.antwoorden.length < ANSWERS; number++) {
      const from = question();
      const begin = performance.now();
      if (from) choose(number);
      else root().querySelector('[data-action="opnieuw"]').click();
      await changed(from);
      const inDocument = performance.now();
      const onScreen = await drawn();
      // going back to the start is no answer
      if (from) report.antwoorden.push({ vraag: from, document: inDocument - begin, scherm: onScreen - begin });
    }
    report.weg = root().dataset.weg;
    report.python = root().dataset.runtime;
    send();
  }

  const isContender = () => document.documentElement.dataset.mededinger !== undefined;

  // -- any other page --------------------------------------------------------------------------------------------

  window.addEventListener('load', () => {
    setTimeout(() => {
      const [page] = performance.getEntriesByType('navigation');
      report.dom = page.domContentLoadedEventStart;
      report.geladen = page.loadEventEnd;
      report.getekend = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
      if (report.soort === 'pagina' && !root() && !isContender()) setTimeout(send, AFTER_LOAD);
    }, 0);
  });

  function send() {
    if (sent) return;
    sent = true;
    beating = false;
    report.merken = performance.getEntriesByType('mark').map((mark) => [mark.name, mark.startTime]);
    // the last long tasks are told a moment later
    setTimeout(() => {
      const data = JSON.stringify(report);
      // a page from disk may ask nothing of a server, but it may go there
      if (location.protocol === 'file:') location.href = `${REPORT_TO}?data=${encodeURIComponent(data)}`;
      else fetch(REPORT_TO, { method: 'POST', body: data });
    }, 100);
  }

  setTimeout(() => failed(`niets na ${LIMIT / 1000} s`), LIMIT);
  addEventListener('error', (event) => event.message && failed(event.message));
  addEventListener('unhandledrejection', (event) => failed(event.reason?.stack ?? event.reason));
  window.meter = { answered, failed };
  beat();
})();
