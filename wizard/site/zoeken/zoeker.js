/*
 * Search over the sections of the site: which sections answer a query, best first.
 *
 * A section scores per asked word with the best of that word's variants (see vraag.js), and all the more when it has
 * all the words and has them side by side. MiniSearch finds and weighs (BM25+); this file says what to ask it.
 */
import MiniSearch from 'minisearch';
import { Begrippen } from './begrippen.js';
import { Vrager } from './vraag.js';
import { Splitter, list, row, stem, stems, verbs } from './woorden.js';

/** Fields of a section, and how much a word in each of them counts. */
const FIELDS = { titel: 5, pagina: 2, begrip: 2, omschrijving: 0.4, tekst: 1, delen: 0.5 };

/** The lift for a section that the glossary names as the place where a term is told. */
const PLACE = 1.5;

/** The factor from which a variant counts as the word itself; what is less sure covers it in part. */
const SURE = 0.5;

/** How far on the next word of a query may stand to count as beside it; small words stand in between. */
const REACH = 3;

const PAGES = 20;

export class Zoeker {
  #docs;
  #index;
  #asker;
  #vocabulary = new Map();
  /** Per section its words in order, as stems. */
  #rows = [];

  /**
   * @param docs       [{ location, title, text, boost? }], text without markup; a page comes before its sections
   * @param begrippen  [{ vormen: [text, …], plekken: [location, …] }], the glossary
   */
  constructor(docs, begrippen) {
    this.#docs = docs.map((doc, id) => ({ ...doc, id, page: doc.location.split('#')[0] }));
    const read = this.#docs.map((doc) => ({ titel: list(doc.title), tekst: list(doc.text) }));
    for (const { titel, tekst } of read) {
      for (const word of [...titel, ...tekst]) this.#vocabulary.set(word, (this.#vocabulary.get(word) ?? 0) + 1);
      this.#rows.push([...titel, ...tekst].map(stem));
    }
    const splitter = new Splitter(this.#vocabulary.keys());
    this.#asker = new Vrager(this.#rows, splitter, new Begrippen(begrippen, splitter));
    this.#index = new MiniSearch({
      fields: Object.keys(FIELDS),
      tokenize: (text) => text.split(' ').filter(Boolean),
      processTerm: (term) => term,
    });
    this.#index.addAll(this.#fields(read, begrippen, splitter));
  }

  #fields(read, begrippen, splitter) {
    const titles = new Map(this.#docs.filter((doc) => doc.location === doc.page).map((doc) => [doc.page, doc.title]));
    // a form of one word names the matter; the words of a longer one only describe it
    const named = forms(begrippen, (vorm) => row(vorm).length < 2);
    const described = forms(begrippen, (vorm) => row(vorm).length > 1);
    return this.#docs.map((doc, id) => {
      const { titel, tekst } = read[id];
      const all = [...titel, ...tekst];
      const above = doc.location === doc.page ? '' : titles.get(doc.page) ?? '';
      // the folder says what kind of page it is: routekaart, praktijk, fasen
      const folder = doc.page.replace(/(?:index)?\.html$/, '').replaceAll('/', ' ');
      return {
        id,
        titel: stems(titel),
        pagina: stems(list(`${above} ${folder}`)),
        begrip: stems(list(named.get(doc.location) ?? '')),
        omschrijving: stems(list(described.get(doc.location) ?? '')),
        tekst: stems(tekst),
        delen: [...all.flatMap((word) => splitter.parts(word)).map(stem), ...all.flatMap(verbs)].join(' '),
      };
    });
  }

  /**
   * @returns { pages, missing }: per page { page, score, sections: [{ doc, score, matched: Set of stems }] }, pages and
   *          sections best first; and the typed words that nothing was found for
   */
  search(query) {
    const asked = this.#asker.ask(query);
    const scores = new Map();
    const found = asked.map(() => false);
    asked.forEach(({ variants, weight }, at) => {
      // over and above what BM25 makes of it: a common word in a title is still a common word
      const rarity = Math.sqrt(weight);
      for (const { terms, factor, prefix, fuzzy, places } of variants) {
        const options = { boost: FIELDS, prefix, fuzzy, combineWith: terms.length > 1 ? 'AND' : 'OR' };
        for (const hit of this.#index.search(terms.join(' '), options)) {
          if (!scores.has(hit.id)) scores.set(hit.id, { per: zeros(asked), sure: zeros(asked), matched: new Set() });
          const { per, sure, matched } = scores.get(hit.id);
          const lift = places?.has(this.#docs[hit.id].location) ? PLACE : 1;
          per[at] = Math.max(per[at], (hit.score * factor * lift * rarity) / terms.length);
          sure[at] = Math.max(sure[at], Math.min(1, factor / SURE));
          found[at] = true;
          // a long form is found by its words, but each of them alone says little to the eye
          if (terms.length <= 2) for (const term of hit.terms) matched.add(term);
        }
      }
    });
    return { pages: this.#rank(asked, scores), missing: asked.filter((_, at) => !found[at]).map(({ typed }) => typed) };
  }

  #rank(asked, scores) {
    const total = sum(asked.map(({ weight }) => weight));
    const cover = (sure) => sum(sure.map((share, at) => share * asked[at].weight)) / total;
    const typed = asked.map((word) => stem(word.typed));
    const pages = new Map();
    for (const [id, { per, sure, matched }] of scores) {
      const doc = this.#docs[id];
      const score = sum(per) * (0.2 + 0.8 * cover(sure) ** 2) * this.#nearness(id, typed) * (doc.boost ?? 1);
      const page = pages.get(doc.page) ?? { page: doc.page, sections: [], per: zeros(asked), sure: zeros(asked) };
      pages.set(doc.page, page);
      page.sections.push({ doc, score, matched });
      page.per = best(page.per, per);
      page.sure = best(page.sure, sure);
    }
    for (const page of pages.values()) {
      page.sections.sort((a, b) => b.score - a.score);
      // words that stand apart in a page count too, though less in a page that has something of everything
      const whole = sum(page.per) * cover(page.sure) ** 2 * (page.sections[0].doc.boost ?? 1);
      page.score = page.sections[0].score + (0.25 * whole) / Math.max(1, page.sections.length / 6);
    }
    return [...pages.values()].sort((a, b) => b.score - a.score).slice(0, PAGES);
  }

  /** From 1 to 2: how many of the words stand side by side in a section as they were typed. */
  #nearness(id, typed) {
    if (typed.length < 2) return 1;
    const text = this.#rows[id];
    const pairs = typed.slice(1).filter((word, at) => {
      for (let place = text.indexOf(typed[at]); place >= 0; place = text.indexOf(typed[at], place + 1)) {
        if (text.slice(place + 1, place + 1 + REACH).includes(word)) return true;
      }
      return false;
    });
    return 1 + pairs.length / (typed.length - 1);
  }

  /** The word of the site that most probably completes what is being typed, or null. */
  complete(query) {
    return this.#asker.complete(query, this.#vocabulary);
  }
}

/** Per place the glossary's forms that hold there, as one text. */
function forms(begrippen, holds) {
  const found = new Map();
  for (const { vormen, plekken } of begrippen) {
    const text = vormen.filter(holds).join(' ');
    for (const plek of plekken) found.set(plek, `${found.get(plek) ?? ''} ${text}`);
  }
  return found;
}

const zeros = (asked) => asked.map(() => 0);
const best = (one, other) => one.map((number, at) => Math.max(number, other[at]));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
