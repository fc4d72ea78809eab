/*
 * The advice as a page: phase, who is responsible, next step, and what goes with them. It shows what Python
 * gives and decides nothing; the words below say how sure something is, not what is so.
 */
(() => {
  'use strict';

  const ZEKERHEID = {
    bepaald: 'Bepaald',
    voorbehoud: 'Bepaald, met voorbehoud',
    open: 'Nog niet te bepalen',
    stilte: 'De bronnen regelen dit niet',
  };

  const GELDT = { ja: 'Geldt nu', nee: 'Nu niet nodig', 'hangt-af': '' };

  /**
   * @param {object} advies as `wizard.advies.advise` makes it
   * @param {object} weergave from `WegwijzerWeergave.maak`
   * @returns {HTMLElement}
   */
  function toon(advies, weergave) {
    const { h, link, bronnen, spanningen, uitspraken, lijn, adres } = weergave;

    const merk = (zekerheid) => h('p.ww-merk', { 'data-zekerheid': zekerheid }, ZEKERHEID[zekerheid]);

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

    function kaart(naam, titel, ...inhoud) {
      return h('section.ww-kaart', { 'data-advies': naam, 'aria-labelledby': `ww-${naam}` }, h('h3', { id: `ww-${naam}` }, titel), inhoud);
    }

    function fase() {
      const { fase: uitslag } = advies;
      return kaart('fase', 'Fase',
        merk(uitslag.zekerheid),
        uitslag.uitkomsten.length > 1 && h('p', {}, 'Met deze antwoorden zijn er meer fasen mogelijk:'),
        kop(uitslag),
        uitslag.fasen.length > 0 && lijn(uitslag.fasen),
        uitzoeken(uitslag),
        reden(uitslag));
    }

    /** A part that opens on demand: the advice is read in a meeting, the details are there for who asks. */
    const vouw = (titel, ...inhoud) => h('details.ww-vouw', {}, h('summary', {}, titel), inhoud);

    function doelen(gegeven) {
      if (!gegeven.doelen.length) return null;
      return h('div.ww-tabel', {}, h('table', {},
        h('caption', {}, `Wie draagt welk doel in fase ${gegeven.nummer}`),
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Doel'), h('th', { scope: 'col' }, 'Wie'))),
        h('tbody', {}, gegeven.doelen.map((doel) =>
          h('tr', {}, h('th', { scope: 'row' }, doel.naam), h('td', {}, doel.hoe, bronnen(doel.bron)))))));
    }

    function aspecten(gegeven, deel) {
      const gevuld = gegeven.aspecten.filter((aspect) => aspect.deel === deel && aspect.uitspraken.length);
      const stil = gegeven.aspecten.filter((aspect) => aspect.deel === deel && !aspect.uitspraken.length);
      return [
        gevuld.map((aspect) => vouw(aspect.titel, uitspraken(aspect.uitspraken))),
        stil.length > 0 && h('p.stil', {}, `De bronnen zeggen voor deze fase niets over: ${stil.map((aspect) => aspect.titel.toLowerCase()).join(', ')}.`),
      ];
    }

    function verantwoordelijk() {
      const { fasen } = advies.fase;
      const eenFase = (gegeven) => [doelen(gegeven), aspecten(gegeven, 'verantwoordelijk')];
      return kaart('verantwoordelijk', 'Wie is verantwoordelijk',
        advies.verantwoordelijk.map((uitslag) => [
          h('h4', {}, uitslag.titel), merk(uitslag.zekerheid), kop(uitslag), uitzoeken(uitslag), reden(uitslag)]),
        fasen.length === 0 && h('p.stil', {}, 'Zonder fase zegt het fasenmodel niet wie welk doel draagt.'),
        fasen.length === 1 && [h('h4', {}, `In fase ${fasen[0].nummer}`), eenFase(fasen[0])],
        fasen.length > 1 && fasen.map((gegeven) =>
          vouw(`Als het fase ${gegeven.nummer} is: ${gegeven.naam}`, eenFase(gegeven))));
    }

    function substappen(lijst) {
      const nu = lijst.filter((substap) => substap.geldt !== 'nee');
      const niet = lijst.filter((substap) => substap.geldt === 'nee');
      const een = (substap) =>
        h('li', { 'data-geldt': substap.geldt },
          h('p', {}, h('span.substap__nummer', {}, substap.nummer), ` ${substap.tekst}`),
          substap.voorwaarde && h('p.substap__voorwaarde', {}, substap.voorwaarde, GELDT[substap.geldt] && h('strong', {}, ` ${GELDT[substap.geldt]}.`)),
          substap.wie.length > 0 && h('p.ww-wie', {}, 'Wie: ', wie(substap.wie)),
          bronnen(substap.bron));
      return [
        nu.length > 0 && vouw(`Uit de handreiking: ${nu[0].nummer.slice(0, 3)} en verder`, h('ol.substappen', {}, nu.map(een))),
        niet.length > 0 && vouw('Uit de handreiking: wat nu niet nodig is', h('ol.substappen', {}, niet.map(een))),
      ];
    }

    function eenStap(stap) {
      return [
        h('h4', {}, 'Wat jullie doen'), uitspraken(stap.wat),
        stap.wie.length > 0 && vouw('Wie doet wat', h('ul.wie', {}, stap.wie.map((doet) =>
          h('li', {}, h('p', {}, h('strong', {}, link('rol', doet.rol, doet.naam)), ` ${doet.tekst}`), bronnen(doet.bron))))),
        substappen(stap.substappen),
        stap.uitkomsten.length > 0 && vouw('Wat het oplevert', uitspraken(stap.uitkomsten)),
        stap.let_op.length > 0 && vouw('Let op', uitspraken(stap.let_op)),
      ];
    }

    function stap() {
      const { stap: uitslag } = advies;
      return kaart('stap', 'Volgende stap',
        merk(uitslag.zekerheid), kop(uitslag), uitzoeken(uitslag), reden(uitslag),
        uitslag.stappen.length === 1 ? eenStap(uitslag.stappen[0])
          : uitslag.stappen.map((gegeven) => vouw(gegeven.titel, eenStap(gegeven))));
    }

    function uitnodigen() {
      return h('section.ww-deel', {}, h('h3', {}, 'Wie nodigen jullie uit'),
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
      return belangrijk.length > 0 && h('section.ww-deel', {}, h('h3', {}, 'Wat ook geregeld moet worden'),
        belangrijk.map((uitslag) => [h('h4', {}, uitslag.titel), merk(uitslag.zekerheid), kop(uitslag), uitzoeken(uitslag), reden(uitslag)]));
    }

    function termijnen() {
      return advies.termijnen.length > 0 && h('section.ww-deel', {}, h('h3', {}, 'Termijnen'),
        advies.termijnen.map((termijn) =>
          vouw([h('span.ww-duur', {}, termijn.duur), ` ${termijn.naam}. `, h('small', {}, `Geldt voor: ${termijn.gebied}`)],
            h('p', {}, termijn.tekst),
            h('p.termijnen__waar', {}, h('span', {}, `Wanneer: ${termijn.situatie}`), ' ', h('span', {}, `Waar: ${termijn.gebied}`)),
            bronnen(termijn.bron))));
    }

    function perspectief() {
      const gevuld = advies.fase.fasen.filter((gegeven) => gegeven.aspecten.some((aspect) => aspect.deel === 'perspectief' && aspect.uitspraken.length));
      return gevuld.length > 0 && h('section.ww-deel', {}, h('h3', {}, 'Waar het naartoe gaat'),
        gevuld.map((gegeven) => [gevuld.length > 1 && h('h4', {}, `Fase ${gegeven.nummer}: ${gegeven.naam}`), aspecten(gegeven, 'perspectief')]));
    }

    function botsingen() {
      return advies.spanningen.length > 0 && h('section.ww-deel', {}, h('h3', {}, 'Waar de bronnen botsen of zwijgen'),
        h('p', {}, 'Dit raakt aan iets in dit advies. Bij elk punt staat welke kant wij volgen.'),
        vouw(`Alle punten (${advies.spanningen.length})`, advies.spanningen.map((spanning) =>
          vouw(spanning.titel,
            uitspraken(spanning.kanten),
            h('p', {}, h('strong', {}, 'Wat wij volgen.'), ` ${spanning.volgt}`),
            h('p', {}, h('strong', {}, 'Waarom.'), ` ${spanning.waarom}`)))));
    }

    function waarom() {
      const tabellen = [advies.fase, ...advies.verantwoordelijk, advies.stap, ...advies.afspraken, ...advies.uitnodigen];
      return h('section.ww-deel', {}, h('h3', {}, 'Waarom dit advies'),
        h('p', {}, 'Deze regels uit de beslistabellen pasten bij jullie antwoorden.'),
        tabellen.map((uitslag) =>
          vouw(`${uitslag.titel}: ${uitslag.uitkomsten.map((gegeven) => gegeven.naam).join(' of ')}`,
            uitslag.regels.map((regel) =>
              h('div.ww-reden', {},
                h('p', {}, regel.als.length ? ['Als ', als(regel.als)] : 'In alle gevallen', `, dan: ${regel.dan}.`),
                h('p', {}, regel.omdat),
                bronnen(regel.bron))),
            h('p', {}, h('a', { href: adres('vast', 'tabellen', uitslag.tabel) }, 'Zie de hele tabel')))));
    }

    return h('div.ww-advies', {},
      h('h2.ww-advies__titel', { tabindex: '-1' }, 'Advies'),
      h('p.ww-advies__vooraf', {}, 'Dit is advies voor jullie gesprek. Jullie beslissen samen met ouders en leerling.'),
      fase(), verantwoordelijk(), stap(), uitnodigen(), afspraken(), perspectief(), termijnen(), botsingen(), waarom(),
      h('div.ww-knoppen', {}, h('button.ww-knop', { type: 'button', 'data-action': 'terug' }, 'Terug naar de laatste vraag')));
  }

  window.WegwijzerAdvies = { toon };
})();
