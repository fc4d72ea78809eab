/*
 * What a reader can do with an advice: count terms from a day, see what another answer would have changed, read
 * the tasks of one party first, and take it along as a link, text, a file or on paper. Python does the thinking;
 * all of it happens on this page.
 */
(() => {
  'use strict';

  const vandaag = () => new Date().toLocaleDateString('nl-NL', { day: 'numeric', month: 'long', year: 'numeric' });
  const nu = () => new Date().toISOString().replace(/[-:]|\.\d+/g, '');

  /** Offers a text as a file to keep. */
  function bewaar(naam, soort, tekst) {
    const adres = URL.createObjectURL(new Blob([tekst], { type: `${soort};charset=utf-8` }));
    const link = Object.assign(document.createElement('a'), { href: adres, download: naam });
    link.click();
    setTimeout(() => URL.revokeObjectURL(adres), 60_000);
  }

  /**
   * Fills the places that the advice leaves open.
   * @param {HTMLElement} paneel the advice as `WegwijzerAdvies.toon` made it
   * @param {object} advies what Python said
   * @param {{weergave: object, vraagPython: Function, dagen: object, antwoorden: object}} omgeving `dagen` is written to
   */
  function verbind(paneel, advies, { weergave, vraagPython, dagen, antwoorden }) {
    const { h, bronnen } = weergave;
    const plek = (naam) => paneel.querySelector(`[data-plek="${naam}"]`);

    /** Asks Python; what goes wrong is told where the reader is looking. */
    async function vraag(verzoek, meldplek) {
      try {
        return await vraagPython({ antwoorden, ...verzoek });
      } catch (reden) {
        meldplek.replaceChildren(h('p.ww-melding', { role: 'alert' }, reden.message));
        return null;
      }
    }

    function taken() {
      const keuze = plek('taken')?.querySelector('select');
      keuze?.addEventListener('change', () => {
        const rol = advies.taken.find((gegeven) => gegeven.id === keuze.value);
        plek('taken-lijst').replaceChildren(rol
          ? h('ul.wie', {}, rol.taken.map((taak) =>
            h('li', { 'data-taak': true }, h('p', {}, h('span.ww-waar', {}, taak.waar), ` ${taak.tekst}`), bronnen(taak.bron))))
          : '');
      });
    }

    function agenda() {
      const velden = [...(plek('dagen')?.querySelectorAll('input') ?? [])];
      const lijst = plek('data');
      async function reken() {
        const gevraagd = Object.fromEntries(velden.map((veld) => [veld.dataset.dag, veld.value]));
        for (const veld of velden) dagen[veld.dataset.dag] = veld.value;
        const antwoord = await vraag({ soort: 'agenda', dagen: gevraagd, nu: nu() }, lijst);
        if (!antwoord) return;
        lijst.replaceChildren(...(antwoord.data.length ? [
          h('ul.ww-data', {}, antwoord.data.map((gegeven) =>
            h('li', { 'data-datum': gegeven.datum },
              h('p', {}, h('strong', {}, `${gegeven.betekenis} ${gegeven.dag}`), `: ${gegeven.naam}. `, h('small', {}, `Geldt voor: ${gegeven.gebied}`)),
              bronnen(gegeven.bron)))),
          h('p', {}, knop('Zet in je agenda (.ics)', () => bewaar('termijnen.ics', 'text/calendar', antwoord.ics), 'agenda')),
        ] : []));
      }
      for (const veld of velden) {
        veld.value = dagen[veld.dataset.dag] ?? '';
        veld.addEventListener('change', reken);
      }
      if (velden.some((veld) => veld.value)) reken();
    }

    const knop = (tekst, doe, naam) => {
      const element = h('button.ww-knop', { type: 'button', 'data-meenemen': naam }, tekst);
      element.addEventListener('click', doe);
      return element;
    };

    function watAls() {
      const vouw = plek('wat-als');
      vouw?.addEventListener('toggle', async () => {
        const doel = vouw.querySelector('div');
        if (!vouw.open || doel.childElementCount) return;
        const antwoord = await vraag({ soort: 'wat-als' }, doel);
        if (antwoord) doel.replaceChildren(...antwoord.vragen.map(eenVraag));
      });
    }

    function eenVraag({ vraag: id, tekst, anders }) {
      const zonder = anders.filter((ander) => !ander.verschil.length);
      return h('section.ww-watals', { 'data-watals': id },
        h('h4', {}, tekst),
        h('ul', {}, anders.filter((ander) => ander.verschil.length).map((ander) =>
          h('li', {}, h('strong', {}, ander.antwoord),
            h('ul', {}, ander.verschil.map((deel) => h('li', {}, `${deel.titel}: ${deel.dan.join(' of ')}`)))))),
        zonder.length > 0 && h('p.stil', {}, `Verandert hier niets aan: ${zonder.map((ander) => ander.antwoord).join('; ')}.`));
    }

    function meenemen() {
      const status = h('p.ww-gedaan', { role: 'status' });
      const uitvoer = h('textarea.ww-uitvoer', { readonly: true, rows: 4, hidden: true, 'aria-label': 'Tekst om te kopiëren' });
      const metDagen = h('input', { type: 'checkbox', id: 'ww-met-dagen' });
      async function kopieer(tekst, wat) {
        uitvoer.value = tekst;
        uitvoer.hidden = false;
        try {
          await navigator.clipboard.writeText(tekst);
          status.textContent = `${wat} is gekopieerd.`;
        } catch {
          uitvoer.select();
          status.textContent = `Kopiëren mag hier niet vanzelf. ${wat} staat geselecteerd; kopieer met Ctrl+C.`;
        }
      }
      function link() {
        const extra = metDagen.checked
          ? Object.entries(dagen).filter(([, dag]) => dag).map(([id, dag]) => `&dag.${id}=${dag}`).join('')
          : '';
        kopieer(`${location.href.split('#')[0]}#${advies.link}${extra}`, 'De link');
      }
      async function tekst() {
        const antwoord = await vraag({ soort: 'tekst', datum: vandaag() }, status);
        if (antwoord) kopieer(antwoord.tekst, 'De tekst');
      }
      async function bestand() {
        const bewijs = await vraag({ soort: 'bewijs', datum: vandaag() }, status);
        if (!bewijs) return;
        bewaar(`wegwijzer-${advies.spoor.id}.json`, 'application/json', `${JSON.stringify(bewijs, null, 2)}\n`);
        status.textContent = 'Het bestand staat bij je downloads. Je opent het weer bij "Kies een ander onderwerp".';
      }
      plek('meenemen').append(h('div', {},
        h('div.ww-knoppen', {},
          knop('Kopieer de link', link, 'link'),
          knop('Kopieer als tekst', tekst, 'tekst'),
          knop('Bewaar als bestand', bestand, 'bestand'),
          knop('Print', () => window.print(), 'print')),
        advies.ijkpunten.length > 0 && h('p', {}, h('label', { for: 'ww-met-dagen' }, metDagen, ' Zet de dagen die ik heb ingevuld ook in de link')),
        status, uitvoer));
    }

    taken();
    agenda();
    watAls();
    meenemen();
    plek('vandaag').textContent = vandaag();
  }

  // on paper everything that is folded is open; afterwards it is as it was
  let dicht = [];
  window.addEventListener('beforeprint', () => {
    dicht = [...document.querySelectorAll('.ww-advies details:not([open]):not([data-plek])')];
    for (const vouw of dicht) vouw.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const vouw of dicht) vouw.open = false;
    dicht = [];
  });

  window.WegwijzerMeenemen = { verbind };
})();
