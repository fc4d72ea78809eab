/*
 * Pieces of the page: elements, sources, a question, the list of answers. Texts come from Python; every one of
 * them lands as text, never as HTML.
 *
 *   WegwijzerWeergave.maak(links, continuum) → { h, bronnen, link, vraag, antwoorden, lijn, … }
 */
(() => {
  'use strict';

  /**
   * Makes an element. Children may be nodes, texts, lists of those, or nothing at all (null, false, '').
   * @param {string} naam the tag, with classes behind dots: 'p.lead'
   * @param {object} [eigenschappen] attributes; false leaves one out
   * @returns {HTMLElement}
   */
  function h(naam, eigenschappen = {}, ...kinderen) {
    const [tag, ...klassen] = naam.split('.');
    const element = document.createElement(tag);
    if (klassen.length) element.className = klassen.join(' ');
    for (const [sleutel, waarde] of Object.entries(eigenschappen)) {
      if (waarde !== false && waarde !== undefined) element.setAttribute(sleutel, waarde === true ? '' : waarde);
    }
    element.append(...kinderen.flat(Infinity).filter(Boolean));
    return element;
  }

  function maak(links, continuum) {
    const adres = (soort, id, anker = '') => links[`${soort}/${id}`] + (anker && `#${anker}`);

    /** A link to the page about a record. */
    const link = (soort, id, tekst) => h('a', { href: adres(soort, id) }, tekst);

    /** Sources, folded: who reads the advice sees that they are there, who checks it opens them. */
    function bronnen(lijst, kop = 'Bron') {
      if (!lijst.length) return null;
      const titels = [...new Set(lijst.map((bron) => bron.titel))].join(', ');
      const regels = lijst.map((bron) =>
        h('li', {},
          h('a', { href: adres('bron', bron.document, bron.plaats) }, `${bron.titel}, ${bron.sectie}`),
          `, regel ${bron.regels}.`,
          bron.volgt && h('span.bron__volgt', {}, ` ${bron.volgt}`)));
      return h('details.bron', { 'data-bron': true }, h('summary', {}, `${kop}: ${titels}`), h('ul', {}, regels));
    }

    const spanningen = (ids) =>
      ids.length > 0 && h('p.spanning-regel', {}, 'Hier botsen of zwijgen de bronnen: ',
        ids.map((id, nummer) => [nummer > 0 && ', ', h('a', { href: adres('vast', 'spanningen', id) }, links[`titel/${id}`])]), '.');

    const uitspraken = (lijst) =>
      h('ul.uitspraken', {}, lijst.map((uitspraak) =>
        h('li', {}, h('p', {}, uitspraak.tekst), bronnen(uitspraak.bron))));

    /** The line from care to education with a mark at these phases, told in words to who cannot see it. */
    function lijn(fasen) {
      const kopie = continuum.content.firstElementChild.cloneNode(true);
      const namen = fasen.map((fase) => `fase ${fase.nummer}, ${fase.naam}`).join('; of ');
      kopie.setAttribute('aria-label', `Lijn van zorg naar onderwijs, fase 1 tot en met 6. Hier: ${namen}.`);
      for (const plek of kopie.querySelectorAll('li')) {
        plek.classList.toggle('is-hier', fasen.some((fase) => fase.id === plek.dataset.fase));
      }
      return kopie;
    }

    /** A question: the same elements as the page has for the first one. */
    function vraag(gegeven, gekozen, kanTerug) {
      const opties = gegeven.opties.map((optie) =>
        h('label.ww-optie', {},
          h('input', { type: 'radio', name: gegeven.id, value: optie.id, checked: optie.id === gekozen }),
          h('span', {},
            h('span.ww-optie__tekst', {}, optie.tekst),
            optie.uitleg && h('span.ww-optie__uitleg', {}, optie.uitleg))));
      return h('div.ww-vraag', { 'data-vraag': gegeven.id },
        h('fieldset', { 'aria-describedby': 'ww-waarom' },
          h('legend', {}, h('h2.ww-vraag__tekst', { tabindex: '-1' }, gegeven.tekst)),
          h('p.ww-vraag__waarom', { id: 'ww-waarom' }, h('strong', {}, 'Waarom deze vraag?'), ` ${gegeven.waarom}`),
          gegeven.uitleg && h('p.ww-vraag__uitleg', {}, gegeven.uitleg),
          h('p.ww-vraag__fout', { role: 'alert', hidden: true }, 'Kies eerst een antwoord.'),
          h('div.ww-opties', {}, opties),
          bronnen(gegeven.bron, 'Waar de vraag vandaan komt')),
        h('div.ww-knoppen', {},
          h('button.ww-knop.ww-knop--hoofd', { type: 'button', 'data-action': 'verder' }, 'Verder'),
          kanTerug && h('button.ww-knop', { type: 'button', 'data-action': 'terug' }, 'Terug')));
    }

    /** The answers so far, each with a way to change it. */
    function antwoorden(lijst) {
      return [
        h('h2', {}, 'Jullie antwoorden'),
        h('dl', {}, lijst.map((gegeven) =>
          h('div', {},
            h('dt', {}, gegeven.tekst),
            h('dd', {}, gegeven.antwoord),
            h('dd.ww-antwoorden__wijzig', {},
              h('button', { type: 'button', 'data-action': 'wijzig', 'data-vraag': gegeven.vraag },
                'Wijzig', h('span.alleen-lezer', {}, ` antwoord op: ${gegeven.tekst}`)))))),
        h('p', {}, h('button.ww-knop', { type: 'button', 'data-action': 'opnieuw' }, 'Begin opnieuw')),
      ];
    }

    return { h, adres, link, bronnen, spanningen, uitspraken, lijn, vraag, antwoorden };
  }

  window.WegwijzerWeergave = { maak };
})();
