/*
 * The wegwijzer's page: keeps the answers, asks Python what comes next, and shows it. It knows no rule; going
 * back, changing an answer, a link, a file and starting again are the same question to Python with other answers.
 *
 * The answers live in the entries of this tab's history and nowhere else: so back, forward and reload keep the
 * place, and the address stays bare. A link that carries answers is read once and then taken off the address.
 */
(() => {
  'use strict';

  const wortel = document.querySelector('[data-module="wegwijzer"]');
  const deel = (naam) => wortel.querySelector(`[data-${naam}]`);
  const lees = (naam) => JSON.parse(deel(naam).textContent);
  const weergave = window.WegwijzerWeergave.maak(lees('links'), deel('continuum'));
  const { h } = weergave;
  /** Tables and checklists; they stand open for who has no script. */
  const zonder = document.querySelector('[data-zonder]');
  const python = window.WegwijzerPython;

  /** Milliseconds after which a start is taking long, and what is said then. */
  const GEDULD = 15_000;
  const LANG = 'Het starten duurt lang. Je kunt al antwoorden. Onder aan de pagina staan de tabellen en lijsten.';

  /** Every answer given on this page with the track, also those that do not count at the moment. */
  let alles = {};
  /** Start days that the reader filled in; for this tab only. */
  let dagen = {};
  /** The answers that count, in the order in which they were asked. */
  let gebruikt = [];
  /** What back, forward or a link asked for while something else was on its way; the last one counts. */
  let gewenst = null;
  /** What failed, to be done again after a new start. */
  let mislukt = null;
  let gestart = false;
  let bezig = false;

  function start() {
    performance.mark('wegwijzer-start');
    const lang = setTimeout(() => {
      deel('start-tekst').textContent = LANG;
    }, GEDULD);
    python.start(voortgang).finally(() => clearTimeout(lang)).then(
      (klaar) => {
        gestart = true;
        wortel.dataset.runtime = klaar.python;
        wortel.dataset.weg = klaar.weg;
        wortel.dataset.draad = klaar.draad;
        deel('start').hidden = true;
        if (!bezig) wortel.dataset.state = 'vraag';
      },
      fout,
    );
  }

  function voortgang({ geladen, totaal }) {
    const procent = Math.floor((100 * geladen) / totaal);
    deel('start').querySelector('progress').value = procent;
    if (deel('start-tekst').textContent === LANG) return;
    deel('start-tekst').textContent = `De wegwijzer start: ${procent} %. Je kunt al antwoorden.`;
  }

  /** Does one thing at a time with Python; a failure is shown and keeps what was there. */
  async function bezigMet(werk) {
    if (bezig) return;
    bezig = true;
    mislukt = null;
    if (!gestart) {
      wortel.dataset.state = 'laden';
      deel('status').textContent = 'De wegwijzer start nog. Je antwoord is bewaard.';
    }
    deel('paneel').setAttribute('aria-busy', 'true');
    try {
      await werk();
    } catch (reden) {
      mislukt = werk;
      fout(reden);
    } finally {
      bezig = false;
      deel('paneel').removeAttribute('aria-busy');
    }
    const wens = gewenst;
    gewenst = null;
    wens?.();
  }

  /** Does it now, or as soon as what is under way is done. */
  function straks(werk) {
    if (bezig) gewenst = werk;
    else werk();
  }

  async function vraagPython(verzoek) {
    const antwoord = await python.vraag(verzoek);
    if (antwoord.soort === 'fout') throw new Error(antwoord.melding);
    return antwoord;
  }

  /**
   * Asks what these answers lead to and shows it, as a new entry of the history or in place of the present one.
   * @param {'pushState'|'replaceState'|null} hoe
   */
  const vraag = (antwoorden, hoe = 'pushState') => bezigMet(async () => {
    const gegeven = hoe ? antwoorden : await watErNogIs(antwoorden);
    const antwoord = await vraagPython({ antwoorden: gegeven });
    if (hoe) history[hoe]({ antwoorden, alles, dagen }, '', location.pathname + location.search);
    toon(antwoord);
  });

  /** Answers from the history may be older than this version of the site: gives what still fits, and tells the rest. */
  async function watErNogIs(antwoorden) {
    const lees = (paren) => vraagPython({ soort: 'link', paren });
    const [nu, ooit] = await Promise.all([lees(antwoorden), lees(alles)]);
    if (ooit.meldingen.length) alles = ooit.antwoorden;
    if (!nu.meldingen.length) return antwoorden;
    meld(nu.meldingen);
    return nu.antwoorden;
  }

  function toon(antwoord) {
    gebruikt = antwoord.antwoorden;
    const isAdvies = antwoord.soort === 'advies';
    const inhoud = isAdvies
      ? window.WegwijzerAdvies.toon(antwoord, weergave)
      : weergave.vraag(antwoord.vraag, gekozen(antwoord.vraag.id) ?? alles[antwoord.vraag.id], gebruikt.length > 0);
    if (isAdvies) window.WegwijzerMeenemen.verbind(inhoud, antwoord, { weergave, vraagPython, dagen, antwoorden: kort() });
    deel('paneel').replaceChildren(inhoud);
    deel('antwoorden').replaceChildren(...weergave.antwoorden(gebruikt));
    deel('antwoorden').hidden = gebruikt.length === 0;
    deel('onderwerp').textContent = antwoord.spoor.titel;
    deel('sporen').open = false;
    deel('delen').replaceChildren(...[...antwoord.spoor.delen, 'Advies'].map((naam) => h('li', {}, naam)));
    markeer(isAdvies ? 'Advies' : antwoord.vraag.deel);
    wortel.dataset.state = antwoord.soort;
    wortel.dataset.spoor = antwoord.spoor.id;
    deel('status').textContent = isAdvies ? 'Het advies staat klaar.' : '';
    inhoud.querySelector('h2').focus({ preventScroll: true });
    wortel.scrollIntoView({ block: 'start' });
  }

  /** What was chosen on this entry of the history and not yet given as an answer. */
  const gekozen = (vraagId) => history.state?.keuze?.[vraagId];

  function markeer(naam) {
    let voorbij = true;
    for (const plek of deel('delen').children) {
      const hier = plek.textContent === naam;
      if (hier) voorbij = false;
      plek.classList.toggle('is-klaar', voorbij);
      if (hier) plek.setAttribute('aria-current', 'step');
      else plek.removeAttribute('aria-current');
    }
  }

  function fout(reden) {
    deel('start').hidden = true;
    wortel.dataset.state = 'fout';
    deel('paneel').querySelector('.ww-melding')?.remove();
    deel('paneel').prepend(
      h('div.ww-melding', { role: 'alert' },
        h('p', {}, reden.message),
        h('p', {}, 'Je antwoorden staan er nog. Zonder de wegwijzer kun je zelf zoeken in ',
          h('a', { href: weergave.adres('vast', 'tabellen') }, 'de beslistabellen'), '.'),
        h('p.ww-melding__knoppen', {},
          h('button.ww-knop', { type: 'button', 'data-action': 'zonder' }, 'Toon tabellen en lijsten'),
          !reden.blijvend && h('button.ww-knop', { type: 'button', 'data-action': 'opnieuw-starten' }, 'Probeer opnieuw'))));
    zonder.open = true;
  }

  /** Whether the site has another build of Python by now than this page. */
  async function isVernieuwd() {
    const bouw = (pagina) => JSON.parse(pagina.querySelector('[data-manifest]').textContent).build;
    try {
      const pagina = await (await fetch(location.pathname, { cache: 'no-cache' })).text();
      return bouw(new DOMParser().parseFromString(pagina, 'text/html')) !== bouw(document);
    } catch {
      // without a network, or from disk
      return false;
    }
  }

  /** Tells what a link or a file held that is no longer there. */
  function meld(meldingen) {
    deel('meldingen').replaceChildren(...meldingen.map((melding) => h('p.ww-melding', { role: 'alert' }, melding)));
  }

  const spoor = () => (alles.spoor ? { spoor: alles.spoor } : {});
  const alsAntwoorden = (lijst) => Object.fromEntries(lijst.map((gegeven) => [gegeven.vraag, gegeven.optie]));
  /** The answers that count, with the track. */
  const kort = () => ({ ...spoor(), ...alsAntwoorden(gebruikt) });
  const tot = (vraagId) => ({
    ...spoor(),
    ...alsAntwoorden(gebruikt.slice(0, gebruikt.findIndex((gegeven) => gegeven.vraag === vraagId))),
  });

  /** Takes over what a link or a file holds, as far as it still fits. */
  const open = (verzoek, hoe) => bezigMet(async () => {
    const gelezen = await vraagPython(verzoek);
    const antwoord = await vraagPython({ antwoorden: gelezen.antwoorden });
    alles = gelezen.antwoorden;
    dagen = gelezen.dagen;
    meld(gelezen.meldingen);
    history[hoe]({ antwoorden: alles, alles, dagen }, '', location.pathname + location.search);
    toon(antwoord);
  });

  const uitAdres = (hoe) =>
    open({ soort: 'link', paren: Object.fromEntries(new URLSearchParams(location.hash.slice(1))) }, hoe);

  const acties = {
    verder() {
      const paneel = wortel.querySelector('.ww-vraag');
      const keuze = paneel.querySelector('input:checked');
      paneel.querySelector('.ww-vraag__fout').hidden = Boolean(keuze);
      if (!keuze) {
        paneel.querySelector('input').focus();
        return;
      }
      alles = { ...alles, [keuze.name]: keuze.value };
      meld([]);
      vraag(alles);
    },
    terug() {
      vraag(tot(gebruikt.at(-1).vraag));
    },
    wijzig(knop) {
      vraag(tot(knop.dataset.vraag));
    },
    opnieuw() {
      alles = spoor();
      dagen = {};
      meld([]);
      vraag(alles);
    },
    zonder() {
      zonder.open = true;
      zonder.querySelector('summary').focus({ preventScroll: true });
      zonder.scrollIntoView({ block: 'start' });
    },
    async 'opnieuw-starten'() {
      deel('paneel').querySelector('.ww-melding').remove();
      wortel.dataset.state = gestart ? 'vraag' : 'laden';
      deel('start').hidden = gestart;
      gestart = false;
      // the files of this page may be gone; a reload keeps the answers, and a chosen option too
      if (await isVernieuwd()) {
        location.reload();
        return;
      }
      start();
      // a question that still stands there is answered by the reader; a link or a reload has nothing to click on
      if (mislukt && !deel('paneel').querySelector('.ww-vraag, .ww-advies')) bezigMet(mislukt);
    },
  };

  wortel.addEventListener('click', ({ target }) => {
    const knop = target.closest('[data-action]');
    if (knop) acties[knop.dataset.action]?.(knop);
  });
  wortel.addEventListener('keydown', (event) => {
    // Enter on an option goes on, as it would in a form; a form itself could send answers to a server
    if (event.key === 'Enter' && event.target.matches('input[type="radio"]')) acties.verder();
  });
  // a reload, also the one to a new version of the site, finds what is not yet given as an answer
  wortel.addEventListener('change', ({ target }) => {
    if (!history.state?.antwoorden) return;
    if (target.matches('.ww-vraag input[type="radio"]')) {
      history.replaceState({ ...history.state, keuze: { [target.name]: target.value } }, '');
    } else if (target.matches('[data-dag]')) {
      history.replaceState({ ...history.state, dagen }, '');
    }
  });
  deel('bestand').addEventListener('change', async ({ target }) => {
    const [bestand] = target.files;
    if (!bestand) return;
    const tekst = await bestand.text();
    target.value = '';
    open({ soort: 'bestand', tekst }, 'pushState');
  });

  function terugNaar(staat) {
    // an answer that was given later still stands where its question comes back
    alles = staat.alles.spoor === alles.spoor ? { ...alles, ...staat.alles } : staat.alles;
    meld([]);
    vraag(staat.antwoorden, null);
  }

  window.addEventListener('popstate', ({ state }) => state?.antwoorden && straks(() => terugNaar(state)));
  window.addEventListener('hashchange', () => location.hash.includes('=') && straks(() => uitAdres('replaceState')));

  /** The first question stands on the page, but it is not the one that a link or a reload asks for. */
  function wacht(tekst) {
    deel('paneel').replaceChildren(h('p', {}, tekst));
  }

  zonder.open = location.hash === `#${zonder.id}`;
  start();
  if (location.hash.includes('=')) {
    wacht('De wegwijzer opent de link.');
    uitAdres('replaceState');
  } else if (history.state?.antwoorden) {
    const { alles: eerder, antwoorden } = history.state;
    if (Object.keys(antwoorden).length) wacht('De wegwijzer zet je antwoorden terug.');
    alles = eerder;
    dagen = history.state.dagen ?? {};
    if (Object.keys(antwoorden).length) vraag(antwoorden, null);
    else for (const keuze of deel('paneel').querySelectorAll('input')) keuze.checked = keuze.value === gekozen(keuze.name);
  } else {
    history.replaceState({ antwoorden: {}, alles: {} }, '');
  }
})();
