/*
 * The advice as a page: what Python's tables say, and what goes with it. It shows what Python gives and decides
 * nothing.
 */
(() => {
  'use strict';

  const GELDT = { ja: 'Geldt nu', 'hangt-af': '' };

  /**
   * @param {object} advies as `wizard.advies.advise` makes it
   * @param {object} weergave from `WegwijzerWeergave.maak`
   * @returns {HTMLElement}
   */
  function toon(advies, weergave) {
    const { h, link, bronnen, spanningen, uitspraken, lijn, adres } = weergave;
    const fasen = advies.fase?.fasen ?? [];
    const hoofdzaken = [advies.fase, ...advies.zaak, ...advies.verantwoordelijk, ...advies.methode, advies.stap].filter(Boolean);

    const merk = (uitslag) => h('p.ww-merk', { 'data-zekerheid': uitslag.zekerheid }, uitslag.zeker);

    const wie = (lijst) => lijst.map((rol, nummer) => [nummer > 0 && ', ', link('rol', rol.id, rol.naam)]);

    /** An outcome by name, as a link where it has a page. */
    const uitkomst = (gegeven) =>
      gegeven.soort === 'overig' ? gegeven.naam : link(gegeven.soort, gegeven.id, gegeven.naam);

    /** A condition in words. */
    const als = (delen) => delen.map((deel, nummer) => [nummer > 0 && ' en ', h('strong', {}, deel.kort), `: ${deel.opties.join(' / ')}`]);

    /** What an unknown answer would have to be for this row. */
    function mits(uitslag, regel) {
      const onbekend = new Set(uitslag.uitzoeken.map((vraag) => vraag.vraag));
      const delen = regel.als.filter((deel) => onbekend.has(deel.vraag));
      return h('p.ww-reden__dan', {}, delen.length > 0 && ['Als ', als(delen), ', dan: '], h('strong', {}, regel.dan));
    }

    /** Why: the reasons of the rows that matched, with reservation and sources. */
    function reden(uitslag) {
      return uitslag.regels.map((regel) =>
        h('div.ww-reden', {},
          uitslag.regels.length > 1 && mits(uitslag, regel),
          h('p', {}, regel.omdat),
          regel.voorbehoud && h('p.voorbehoud', {}, h('strong', {}, 'Voorbehoud.'), ` ${regel.voorbehoud}`,
            regel.ook.length > 0 && ` Ook denkbaar: ${regel.ook.join(', ')}.`),
          spanningen(regel.spanning),
          bronnen(regel.bron)));
    }

    /** What would settle an open outcome, and whom to ask. */
    function uitzoeken(uitslag) {
      if (!uitslag.uitzoeken.length) return null;
      return h('div.ww-uitzoeken', {},
        h('p', {}, h('strong', {}, uitslag.zekerheid === 'open' ? 'Dit geeft de doorslag:' : 'Nog onbekend, maar niet beslissend:')),
        h('ul', {}, uitslag.uitzoeken.map((vraag) =>
          h('li', {}, h('p', {}, h('strong', {}, vraag.tekst), ` ${vraag.hoe}`), h('p.ww-wie', {}, 'Vraag het: ', wie(vraag.wie)), bronnen(vraag.bron)))));
    }

    function kop(uitslag) {
      const [eerste, ...rest] = uitslag.uitkomsten;
      return rest.length
        ? h('ul.ww-mogelijk', {}, uitslag.uitkomsten.map((mogelijk) => h('li', {}, uitkomst(mogelijk))))
        : [h('p.ww-uitkomst', {}, uitkomst(eerste)), eerste.tekst && h('p.ww-uitkomst__tekst', {}, eerste.tekst)];
    }

    /** All that a table says: outcome, how sure, what would settle it, and why. */
    const geheel = (uitslag) => [merk(uitslag), kop(uitslag), uitzoeken(uitslag), reden(uitslag)];

    function kaart(naam, titel, ...inhoud) {
      return h('section.ww-kaart', { 'data-advies': naam, 'aria-labelledby': `ww-${naam}` }, h('h3', { id: `ww-${naam}` }, titel), inhoud);
    }

    const afdeling = (titel, ...inhoud) => h('section.ww-deel', {}, h('h3', {}, titel), inhoud);

    /** A part that opens on demand: the advice is read in a meeting, the details are there for who asks. */
    const vouw = (titel, ...inhoud) => h('details.ww-vouw', {}, h('summary', {}, titel), inhoud);

    const acties = (lijst) => lijst.length > 0 && h('ul.uitspraken', {}, lijst.map((actie) =>
      h('li', {},
        h('p', {}, actie.tekst, !actie.geldt && h('small', {}, ' (hangt af van een antwoord dat nog onbekend is)')),
        actie.wie.length > 0 && h('p.ww-wie', {}, 'Wie: ', wie(actie.wie)),
        spanningen(actie.spanning),
        bronnen(actie.bron))));

    /** What hangs under an outcome: at once when it is the only one, else folded under its name. */
    const perUitkomst = (uitslag, inhoud) => (uitslag.uitkomsten.length === 1
      ? inhoud(uitslag.uitkomsten[0])
      : uitslag.uitkomsten.map((gegeven) => {
        const deel = inhoud(gegeven);
        return deel && vouw(`Als het dit wordt: ${gegeven.naam}`, deel);
      }));

    /** Outside the region nothing of it holds: that comes first. */
    function analogie() {
      const buiten = advies.gebied.filter((uitslag) => uitslag.zekerheid === 'stilte');
      return buiten.map((uitslag) =>
        h('div.ww-melding', { 'data-analogie': true }, h('p', {}, h('strong', {}, uitslag.uitkomsten[0].naam)),
          h('p', {}, uitslag.uitkomsten[0].tekst), bronnen(uitslag.uitkomsten[0].bron)));
    }

    function taken() {
      return advies.taken.length > 0 && h('div.ww-taken', { 'data-plek': 'taken' },
        h('p', {}, h('label', { for: 'ww-rol' }, 'Zie eerst wat jij doet. Ik ben: '),
          h('select', { id: 'ww-rol' }, h('option', { value: '' }, 'Kies je rol'),
            advies.taken.map((rol) => h('option', { value: rol.id }, rol.naam)))),
        h('div', { 'data-plek': 'taken-lijst', 'aria-live': 'polite' }));
    }

    function fase() {
      const { fase: uitslag } = advies;
      return uitslag && kaart('fase', 'Fase',
        merk(uitslag),
        uitslag.uitkomsten.length > 1 && h('p', {}, 'Met deze antwoorden zijn er meer fasen mogelijk:'),
        kop(uitslag),
        fasen.length > 0 && lijn(fasen),
        uitzoeken(uitslag),
        reden(uitslag));
    }

    const zaak = () => advies.zaak.length > 0 && kaart('zaak', advies.spoor.titel,
      advies.zaak.map((uitslag) => [advies.zaak.length > 1 && h('h4', {}, uitslag.titel), geheel(uitslag)]));

    function doelen(gegeven) {
      if (!gegeven.doelen.length) return null;
      return h('div.ww-tabel', {}, h('table', {},
        h('caption', {}, `Wie draagt welk doel in fase ${gegeven.nummer}`),
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Doel'), h('th', { scope: 'col' }, 'Wie'))),
        h('tbody', {}, gegeven.doelen.map((doel) =>
          h('tr', {}, h('th', { scope: 'row' }, doel.naam), h('td', {}, doel.hoe, doel.voorbehoud.length > 0 && uitspraken(doel.voorbehoud), bronnen(doel.bron)))))));
    }

    function aspecten(gegeven, deel) {
      const gevuld = gegeven.aspecten.filter((aspect) => aspect.deel === deel && aspect.uitspraken.length);
      const stil = gegeven.aspecten.filter((aspect) => aspect.deel === deel && !aspect.uitspraken.length);
      return [
        gevuld.map((aspect) => vouw(aspect.titel, uitspraken(aspect.uitspraken))),
        stil.length > 0 && h('p.stil', {}, `De bronnen zeggen voor deze fase niets over: ${stil.map((aspect) => aspect.titel.toLowerCase()).join(', ')}.`),
      ];
    }

    /** Whose turn it is in a matter; the sources may name nobody. */
    const aanZet = (uitslag) => perUitkomst(uitslag, (gegeven) => (gegeven.wie.length
      ? [h('p', {}, 'Aan zet: ', wie(gegeven.wie)), bronnen(gegeven.bron)]
      : [h('p.stil', {}, 'De bronnen zeggen niet wie hier aan zet is. Spreek het samen af.'), bronnen(gegeven.bron)]));

    function verantwoordelijk() {
      const eenFase = (gegeven) => [doelen(gegeven), aspecten(gegeven, 'verantwoordelijk')];
      const inhoud = [
        advies.zaak.map((uitslag) => [h('h4', {}, uitslag.titel), aanZet(uitslag)]),
        advies.verantwoordelijk.map((uitslag) => [h('h4', {}, uitslag.titel), geheel(uitslag)]),
        advies.methode.flatMap((uitslag) => uitslag.stappen.map((stap) => [h('h4', {}, stap.titel), wieDoetWat(stap)])),
        advies.fase && advies.verantwoordelijk.length > 0 && [
          fasen.length === 0 && h('p.stil', {}, 'Zonder fase zegt het fasenmodel niet wie welk doel draagt.'),
          fasen.length === 1 && [h('h4', {}, `In fase ${fasen[0].nummer}`), eenFase(fasen[0])],
          fasen.length > 1 && fasen.map((gegeven) =>
            vouw(`Als het fase ${gegeven.nummer} is: ${gegeven.naam}`, eenFase(gegeven)))],
      ].flat(Infinity).filter(Boolean);
      return inhoud.length > 0 && kaart('verantwoordelijk', 'Wie is verantwoordelijk', inhoud);
    }

    const wieDoetWat = (stap) => h('ul.wie', {}, stap.wie.map((doet) =>
      h('li', {}, h('p', {}, h('strong', {}, link('rol', doet.rol, doet.naam)), ` ${doet.tekst}`), bronnen(doet.bron))));

    function substappen(lijst) {
      const nu = lijst.filter((substap) => substap.geldt !== 'nee');
      const niet = lijst.filter((substap) => substap.geldt === 'nee');
      const een = (substap) =>
        h('li', { 'data-geldt': substap.geldt },
          h('p', {}, h('span.substap__nummer', {}, substap.nummer), ` ${substap.tekst}`),
          substap.voorwaarde && h('p.substap__voorwaarde', {}, substap.voorwaarde, GELDT[substap.geldt] && h('strong', {}, ` ${GELDT[substap.geldt]}.`)),
          substap.tegen.length > 0 && h('p.substap__voorwaarde', {}, h('strong', {}, 'Nu niet nodig, want '), `${substap.tegen.join('; ')}.`),
          substap.wie.length > 0 && h('p.ww-wie', {}, 'Wie: ', wie(substap.wie)),
          bronnen(substap.bron));
      return [
        nu.length > 0 && vouw(`Uit de handreiking: ${nu[0].nummer.slice(0, 3)} en verder`, h('ol.substappen', {}, nu.map(een))),
        niet.length > 0 && vouw('Uit de handreiking: wat nu niet nodig is, en waarom', h('ol.substappen', {}, niet.map(een))),
      ];
    }

    function eenStap(stap) {
      return [
        h('h4', {}, 'Wat jullie doen'), uitspraken(stap.wat),
        stap.wie.length > 0 && vouw('Wie doet wat', wieDoetWat(stap)),
        substappen(stap.substappen),
        stap.uitkomsten.length > 0 && vouw('Wat het oplevert', uitspraken(stap.uitkomsten)),
        stap.let_op.length > 0 && vouw('Let op', uitspraken(stap.let_op)),
      ];
    }

    function methode(stap) {
      const deel = (titel, lijst) => lijst.length > 0 && vouw(titel, uitspraken(lijst));
      return [
        h('h4', {}, stap.titel), uitspraken(stap.wat),
        deel('Op korte termijn', stap.korte_termijn),
        deel('Op lange termijn', stap.lange_termijn),
        deel('Voorwaarden', stap.voorwaarden),
        stap.instrumenten.length > 0 && vouw('Instrument', stap.instrumenten.map((instrument) =>
          [h('p', {}, link('instrument', instrument.id, instrument.naam)), uitspraken(instrument.waar)])),
      ];
    }

    function stap() {
      const { stap: uitslag } = advies;
      const watNu = advies.zaak.map((gegeven) =>
        perUitkomst(gegeven, (mogelijk) => mogelijk.acties.length > 0 && acties(mogelijk.acties))).flat(Infinity).filter(Boolean);
      const inhoud = [
        watNu.length > 0 && [uitslag && h('h4', {}, advies.spoor.titel), watNu],
        uitslag && [watNu.length > 0 && h('h4', {}, uitslag.titel), geheel(uitslag),
          uitslag.stappen.length === 1 ? eenStap(uitslag.stappen[0])
            : uitslag.stappen.map((gegeven) => vouw(gegeven.titel, eenStap(gegeven)))],
        advies.methode.map((gegeven) => [
          h('h4', {}, gegeven.titel), geheel(gegeven),
          perUitkomst(gegeven, (mogelijk) => mogelijk.soort === 'overig' && acties(mogelijk.acties)),
          gegeven.stappen.length === 1 ? methode(gegeven.stappen[0])
            : gegeven.stappen.map((deel) => vouw(deel.titel, methode(deel)))]),
      ].flat(Infinity).filter(Boolean);
      return inhoud.length > 0 && kaart('stap', 'Volgende stap', inhoud);
    }

    function uitnodigen() {
      return advies.uitnodigen.length > 0 && afdeling('Wie erbij horen als er een overleg komt',
        h('ul.ww-partijen.kaal', {}, advies.uitnodigen.map((uitslag) =>
          h('li', {},
            h('h4', {}, link('rol', uitslag.rol, uitslag.titel)),
            h('p.ww-partijen__uitkomst', {}, uitslag.uitkomsten.map((gegeven) => gegeven.naam).join(' of ')),
            uitslag.uitkomsten.map((gegeven) => h('p', {}, gegeven.tekst)),
            uitzoeken(uitslag),
            vouw('Waarom', reden(uitslag))))));
    }

    function afspraken() {
      const belangrijk = advies.afspraken.filter((uitslag) => uitslag.uitkomsten.some((gegeven) => gegeven.id !== 'geen-extra'));
      return belangrijk.length > 0 && afdeling('Wat ook geregeld moet worden',
        belangrijk.map((uitslag) => [h('h4', {}, uitslag.titel), geheel(uitslag)]));
    }

    const gevolgen = () => advies.gevolgen.length > 0 && afdeling('Wat er verder uit volgt',
      advies.gevolgen.map((gevolg) => h('div', { 'data-gevolg': gevolg.id },
        vouw(gevolg.titel, h('p', {}, gevolg.kort), acties(gevolg.acties)))));

    /** Outside the region it stands at the top already. */
    function gebied() {
      const hier = advies.gebied.filter((uitslag) => uitslag.zekerheid !== 'stilte');
      return hier.length > 0 && afdeling('Waar de afspraken gelden', hier.map(geheel));
    }

    function termijnen() {
      return advies.termijnen.length > 0 && afdeling('Termijnen',
        advies.ijkpunten.length > 0 && h('div.ww-dagen', { 'data-plek': 'dagen' },
          h('p', {}, 'Vul een dag in als je data wilt zien. Wat je invult blijft op deze pagina.'),
          advies.ijkpunten.map((punt) =>
            h('p', {}, h('label', { for: `ww-dag-${punt.id}` }, punt.vraag), ' ',
              h('input', { type: 'date', id: `ww-dag-${punt.id}`, 'data-dag': punt.id, 'aria-describedby': punt.uitleg ? `ww-dag-${punt.id}-uitleg` : false }),
              punt.uitleg && h('small', { id: `ww-dag-${punt.id}-uitleg` }, ` ${punt.uitleg}`))),
          h('div', { 'data-plek': 'data', 'aria-live': 'polite' })),
        advies.termijnen.map((termijn) =>
          vouw([h('span.ww-duur', {}, termijn.duur), ` ${termijn.naam}. `, h('small', {}, `Geldt voor: ${termijn.gebied}`)],
            h('p', {}, termijn.tekst),
            h('p.termijnen__waar', {}, h('span', {}, `Wanneer: ${termijn.situatie}`), ' ', h('span', {}, `Waar: ${termijn.gebied}`)),
            bronnen(termijn.bron))));
    }

    function perspectief() {
      const gevuld = fasen.filter((gegeven) => gegeven.aspecten.some((aspect) => aspect.deel === 'perspectief' && aspect.uitspraken.length));
      return gevuld.length > 0 && afdeling('Waar het naartoe gaat',
        gevuld.map((gegeven) => [gevuld.length > 1 && h('h4', {}, `Fase ${gegeven.nummer}: ${gegeven.naam}`), aspecten(gegeven, 'perspectief')]));
    }

    function botsingen() {
      return advies.spanningen.length > 0 && afdeling('Waar de bronnen botsen of zwijgen',
        h('p', {}, 'Dit raakt aan iets in dit advies. Bij elk punt staat welke kant wij volgen.'),
        vouw(`Alle punten (${advies.spanningen.length})`, advies.spanningen.map((spanning) =>
          vouw(spanning.titel,
            uitspraken(spanning.kanten),
            h('p', {}, h('strong', {}, 'Wat wij volgen.'), ` ${spanning.volgt}`),
            h('p', {}, h('strong', {}, 'Waarom.'), ` ${spanning.waarom}`)))));
    }

    function waarom() {
      const regels = (tabellen) => tabellen.map((uitslag) =>
          vouw(`${uitslag.titel}: ${uitslag.uitkomsten.map((gegeven) => gegeven.naam).join(' of ')}`,
            uitslag.regels.map((regel) =>
              h('div.ww-reden', {},
                h('p', {}, regel.als.length ? ['Als ', als(regel.als)] : 'In alle gevallen', `, dan: ${regel.dan}.`),
                h('p', {}, regel.omdat),
                bronnen(regel.bron))),
            h('p', {}, h('a', { href: adres('vast', 'tabellen', uitslag.tabel) }, 'Zie de hele tabel'))));
      return afdeling('Waarom dit advies',
        h('p', {}, 'Deze regels uit de beslistabellen pasten bij jullie antwoorden.'),
        regels([...hoofdzaken, ...advies.afspraken, ...advies.gebied]),
        advies.uitnodigen.length > 0 && vouw('Wie jullie uitnodigen', regels(advies.uitnodigen)));
    }

    const watAls = () => afdeling('Wat als een antwoord anders was',
      h('details.ww-vouw', { 'data-plek': 'wat-als' },
        h('summary', {}, 'Zie per antwoord wat er dan verandert'),
        h('p', {}, 'De andere antwoorden blijven gelijk. Wordt een nieuwe vraag nodig? Dan staan alle uitkomsten er die dan nog kunnen.'),
        h('div', { 'aria-live': 'polite' })));

    const meenemen = () => h('section.ww-deel', { 'data-plek': 'meenemen' },
      h('h3', {}, 'Meenemen'),
      h('p', {}, 'De link en het bestand bevatten alleen de antwoorden. Wie ze opent, ziet hetzelfde advies.'));

    /** What paper needs and the screen has elsewhere. */
    const papier = () => h('div.ww-papier', {},
      h('p', {}, `${advies.spoor.titel}. Gemaakt op `, h('span', { 'data-plek': 'vandaag' }), `. Versie van de regels: ${advies.versie}.`),
      h('h3', {}, 'Jullie antwoorden'),
      h('dl', {}, advies.antwoorden.map((gegeven) => [h('dt', {}, gegeven.tekst), h('dd', {}, gegeven.antwoord)])));

    return h('div.ww-advies', {},
      h('h2.ww-advies__titel', { tabindex: '-1' }, 'Advies'),
      h('p.ww-advies__vooraf', {}, 'Dit is advies voor jullie gesprek. Jullie beslissen samen met ouders en leerling.'),
      papier(), analogie(), taken(),
      // a region asks for its next step; who does what follows from it
      zaak(), fase(), advies.methode.length ? [stap(), verantwoordelijk()] : [verantwoordelijk(), stap()],
      uitnodigen(), afspraken(), gevolgen(), perspectief(), termijnen(), gebied(),
      botsingen(), waarom(), watAls(), meenemen(),
      h('p', {}, 'Meer over dit onderwerp: ', link('spoor', advies.spoor.id, advies.spoor.titel), '.'),
      h('div.ww-knoppen', {}, h('button.ww-knop', { type: 'button', 'data-action': 'terug' }, 'Terug naar de laatste vraag')));
  }

  window.WegwijzerAdvies = { toon };
})();
