/*
 * The wegwijzer's page: keeps the answers, asks Python what comes next, and shows it. It knows no rule; going
 * back, changing an answer and starting again are the same question to Python with other answers.
 */
(() => {
  'use strict';

  const wortel = document.querySelector('[data-module="wegwijzer"]');
  const deel = (naam) => wortel.querySelector(`[data-${naam}]`);
  const lees = (naam) => JSON.parse(deel(naam).textContent);
  const weergave = window.WegwijzerWeergave.maak(lees('links'), deel('continuum'));
  const { h } = weergave;

  /** Every answer given on this page, also those that do not count at the moment. */
  let alles = {};
  /** The answers that count, in the order in which they were asked. */
  let gebruikt = [];
  /** What was asked for each screen, so that the browser's own back and forward work; kept in memory only. */
  const schermen = [{}];
  let getoond = 0;
  /** A screen that back or forward asked for while another was on its way. */
  let gewenst = null;
  let gestart = false;
  let bezig = false;

  function start() {
    performance.mark('wegwijzer-start');
    const assets = new URL(`${wortel.dataset.assets}/`, document.baseURI);
    const worker = window.WegwijzerLos ? window.WegwijzerLos.worker() : new URL('worker.js', assets).href;
    window.WegwijzerPython.start(lees('manifest'), new URL('python/', assets).href, worker, voortgang).then(
      ({ python, weg }) => {
        gestart = true;
        wortel.dataset.runtime = python;
        wortel.dataset.weg = weg;
        deel('start').hidden = true;
        if (!bezig) wortel.dataset.state = 'vraag';
      },
      fout,
    );
  }

  function voortgang({ geladen, totaal }) {
    const procent = Math.floor((100 * geladen) / totaal);
    deel('start').querySelector('progress').value = procent;
    deel('start-tekst').textContent = `De wegwijzer start: ${procent} %. Je kunt al antwoorden.`;
  }

  /** Asks Python what these answers lead to and shows it, as a new screen unless `scherm` is one seen before. */
  async function vraag(antwoorden, scherm = getoond + 1) {
    if (bezig) return;
    bezig = true;
    if (!gestart) {
      wortel.dataset.state = 'laden';
      deel('status').textContent = 'De wegwijzer start nog. Je antwoord is bewaard.';
    }
    deel('paneel').setAttribute('aria-busy', 'true');
    try {
      const antwoord = await window.WegwijzerPython.vraag({ antwoorden });
      if (antwoord.soort === 'fout') throw new Error(antwoord.melding);
      // a screen that was seen before is asked for with the very answers that are kept here
      if (schermen[scherm] !== antwoorden) {
        schermen.splice(scherm, Infinity, { ...antwoorden });
        history.pushState({ scherm }, '');
      }
      getoond = scherm;
      toon(antwoord);
    } catch (reden) {
      fout(reden);
    } finally {
      bezig = false;
      deel('paneel').removeAttribute('aria-busy');
    }
    if (gewenst !== null) naar(gewenst);
  }

  function toon(antwoord) {
    gebruikt = antwoord.antwoorden;
    const isAdvies = antwoord.soort === 'advies';
    const inhoud = isAdvies
      ? window.WegwijzerAdvies.toon(antwoord, weergave)
      : weergave.vraag(antwoord.vraag, alles[antwoord.vraag.id], gebruikt.length > 0);
    deel('paneel').replaceChildren(inhoud);
    deel('antwoorden').replaceChildren(...weergave.antwoorden(gebruikt));
    deel('antwoorden').hidden = gebruikt.length === 0;
    markeer(isAdvies ? 'Advies' : antwoord.vraag.deel);
    wortel.dataset.state = antwoord.soort;
    deel('status').textContent = isAdvies ? 'Het advies staat klaar.' : '';
    inhoud.querySelector('h2').focus({ preventScroll: true });
    wortel.scrollIntoView({ block: 'start' });
  }

  function markeer(naam) {
    let voorbij = true;
    for (const plek of wortel.querySelectorAll('.ww-delen li')) {
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
        h('p', {}, h('button.ww-knop', { type: 'button', 'data-action': 'opnieuw-starten' }, 'Probeer opnieuw'))));
  }

  const tot = (vraagId) => {
    const eerder = gebruikt.slice(0, gebruikt.findIndex((gegeven) => gegeven.vraag === vraagId));
    return Object.fromEntries(eerder.map((gegeven) => [gegeven.vraag, gegeven.optie]));
  };

  const acties = {
    verder() {
      const paneel = wortel.querySelector('.ww-vraag');
      const keuze = paneel.querySelector('input:checked');
      paneel.querySelector('.ww-vraag__fout').hidden = Boolean(keuze);
      if (!keuze) {
        paneel.querySelector('input').focus();
        return;
      }
      alles[keuze.name] = keuze.value;
      vraag(alles);
    },
    terug() {
      vraag(tot(gebruikt.at(-1).vraag));
    },
    wijzig(knop) {
      vraag(tot(knop.dataset.vraag));
    },
    opnieuw() {
      alles = {};
      vraag({});
    },
    'opnieuw-starten'() {
      deel('paneel').querySelector('.ww-melding').remove();
      wortel.dataset.state = gestart ? 'vraag' : 'laden';
      deel('start').hidden = gestart;
      gestart = false;
      start();
    },
  };

  wortel.addEventListener('click', ({ target }) => {
    const knop = target.closest('[data-action]');
    if (knop) acties[knop.dataset.action](knop);
  });
  wortel.addEventListener('keydown', (event) => {
    // Enter on an option goes on, as it would in a form; a form itself could send answers to a server
    if (event.key === 'Enter' && event.target.matches('input[type="radio"]')) acties.verder();
  });

  function naar(scherm) {
    gewenst = bezig ? scherm : null;
    if (!bezig && schermen[scherm]) vraag(schermen[scherm], scherm);
  }

  window.addEventListener('popstate', ({ state }) => state && naar(state.scherm));

  history.replaceState({ scherm: 0 }, '');
  start();
})();
