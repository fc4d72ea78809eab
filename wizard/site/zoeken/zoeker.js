/*
 * Search over the sections of the site: which sections answer a query, best first.
 *
 * A query is a row of words. Each word has variants: itself, its stem, words that begin with it, the parts of a
 * compound, the synonyms that the glossary knows, and for a word that is nowhere on the site, words that are spelt
 * nearly the same. A section scores per word with its best variant, and all the more when it has all the words.
 * MiniSearch finds and weighs (BM25+); this file says what to ask it.
 */
import MiniSearch from 'minisearch';
import { Splitter, isStop, root, stem, words } from './woorden.js';

const FIELDS = { titel: 5, pagina: 2, begrip: 2, omschrijving: 0.4, tekst: 1, delen: 0.5 };

/** How much a variant counts against the word as it was typed. */
const WEIGHT = { exact: 1, joined: 0.95, synonym: 0.8, other: 0.5, parts: 0.55, near: 0.6, prefix: 0.45, part: 0.3 };

/** How far on the next word of a query may stand to count as beside it; small words stand in between. */
const REACH = 3;

/** Words in a row that a glossary form can have; longer ones are found by their words. */
const LONGEST = 6;

const index = (fields) => new MiniSearch({ idField: 'id', fields, tokenize: (text) => text.split(' ').filter(Boolean), processTerm: (term) => term });

export class Zoeker {
  #docs;
  #sections;
  #vocabulary;
  #stems = new Set();
  #splitter;
  #groups;
  #forms;
  #nearForms;
  #nearKeys;
  #letters = new Map();
  #rows = [];
  #spread = new Map();

  /**
   * @param docs       [{ location, title, text, boost? }], text without markup; a page comes before its sections
   * @param begrippen  [{ vormen: [text, …], plekken: [location, …] }], the glossary
   */
  constructor(docs, begrippen) {
    this.#docs = docs.map((doc, id) => ({ ...doc, id, page: doc.location.split('#')[0] }));
    this.#groups = begrippen;
    const titles = new Map(this.#docs.filter((doc) => doc.location === doc.page).map((doc) => [doc.page, doc.title]));
    const read = new Map(this.#docs.map((doc) => [doc, { titel: list(doc.title), tekst: list(doc.text) }]));
    this.#vocabulary = new Map();
    for (const { titel, tekst } of read.values()) {
      for (const word of [...titel, ...tekst]) this.#vocabulary.set(word, (this.#vocabulary.get(word) ?? 0) + 1);
    }
    for (const word of this.#vocabulary.keys()) this.#stems.add(stem(word));
    this.#splitter = new Splitter(new Set(this.#vocabulary.keys()));
    this.#readForms();
    this.#sections = index(Object.keys(FIELDS));
    // a form of one word names the matter; the words of a longer one only describe it
    const terms = new Map();
    const phrases = new Map();
    for (const { vormen, plekken } of begrippen) {
      for (const vorm of vormen) {
        const store = row(vorm).length > 1 ? phrases : terms;
        for (const plek of plekken) store.set(plek, `${store.get(plek) ?? ''} ${vorm}`);
      }
    }
    this.#sections.addAll(this.#docs.map((doc) => {
      const { titel, tekst } = read.get(doc);
      const all = [...titel, ...tekst];
      this.#rows.push(all.map(stem));
      for (const each of new Set(this.#rows.at(-1))) this.#spread.set(each, (this.#spread.get(each) ?? 0) + 1);
      return {
        id: doc.id,
        titel: stems(titel),
        // the folder says what kind of page it is: routekaart, praktijk, fasen
        pagina: stems([...(doc.location === doc.page ? [] : list(titles.get(doc.page) ?? '')), ...list(doc.page.replace(/(?:index)?\.html$/, '').replaceAll('/', ' '))]),
        begrip: stems(list(terms.get(doc.location) ?? '')),
        omschrijving: stems(list(phrases.get(doc.location) ?? '')),
        tekst: stems(tekst),
        delen: [stems(all.flatMap((word) => this.#splitter.parts(word))), ...all.map(root).filter(Boolean)].join(' '),
      };
    }));
  }

  /** The glossary's forms by the stems of their words, so that a row of words in a query can be looked up. */
  #readForms() {
    this.#forms = new Map();
    const singles = [];
    this.#groups.forEach(({ vormen }, group) => {
      for (const vorm of vormen) {
        const key = stems(row(vorm));
        if (!key) continue;
        put(this.#forms, key, group);
        const letters = this.#initials(row(vorm));
        if (letters.length > 1) put(this.#letters, letters, group);
        if (!key.includes(' ')) singles.push({ id: singles.length, vorm: key, key });
      }
    });
    this.#nearForms = index(['vorm']);
    this.#nearForms.addAll(singles);
    this.#nearKeys = singles.map(({ key }) => key);
  }

  /** The first letters of words, compounds taken apart: IA for integraal arrangeren, LP for leerplicht. */
  #initials(list) {
    return list.flatMap((word) => (this.#splitter.parts(word).length ? this.#splitter.parts(word) : [word])).map((word) => word[0]).join('');
  }

  /**
   * @returns [{ page, score, sections: [{ doc, score, matched: Set<stem> }] }], best first, and per typed word whether it was found
   */
  search(query, most = 20) {
    const asked = this.#ask(query);
    if (!asked.length) return { pages: [], missing: [] };
    const scores = new Map();
    const found = asked.map(() => false);
    asked.forEach(({ variants }, at) => {
      for (const { terms, factor, prefix, fuzzy, places } of variants) {
        const options = { boost: FIELDS, prefix, fuzzy, combineWith: terms.length > 1 ? 'AND' : 'OR' };
        for (const hit of this.#sections.search(terms.join(' '), options)) {
          const entry = scores.get(hit.id) ?? scores.set(hit.id, { per: asked.map(() => 0), matched: new Set() }).get(hit.id);
          found[at] = true;
          let score = (hit.score * factor) / terms.length;
          if (places?.has(this.#docs[hit.id].location)) score *= 1.5;
          entry.per[at] = Math.max(entry.per[at], score);
          // a long form is found by its words, but each of them alone says little to the eye
          if (terms.length <= 2) for (const term of hit.terms) entry.matched.add(term);
        }
      }
    });
    return { pages: this.#rank(asked, scores, most, asked.map(({ typed }) => stem(typed))), missing: asked.filter((_, at) => !found[at]).map(({ typed }) => typed) };
  }

  #rank(asked, scores, most, row) {
    const total = asked.reduce((sum, { weight }) => sum + weight, 0);
    const cover = (per) => per.reduce((sum, score, at) => sum + (score > 0 ? asked[at].weight : 0), 0) / total;
    const pages = new Map();
    for (const [id, { per, matched }] of scores) {
      const doc = this.#docs[id];
      const score = sum(per) * (0.2 + 0.8 * cover(per) ** 2) * this.#nearness(id, row) * (doc.boost ?? 1);
      const page = pages.get(doc.page) ?? pages.set(doc.page, { page: doc.page, sections: [], per: asked.map(() => 0) }).get(doc.page);
      page.sections.push({ doc, score, matched });
      page.per = page.per.map((best, at) => Math.max(best, per[at]));
    }
    for (const page of pages.values()) {
      page.sections.sort((a, b) => b.score - a.score);
      // words that stand apart in a page count too, though less in a page that has something of everything
      const whole = sum(page.per) * cover(page.per) ** 2 * (page.sections[0].doc.boost ?? 1);
      page.score = page.sections[0].score + (0.25 * whole) / Math.max(1, page.sections.length / 6);
    }
    return [...pages.values()].sort((a, b) => b.score - a.score).slice(0, most);
  }

  /** More than 1 for a section in which words stand side by side as they were typed. */
  #nearness(id, row) {
    if (row.length < 2) return 1;
    const text = this.#rows[id];
    const pairs = row.slice(1).filter((word, at) => {
      for (let place = text.indexOf(row[at]); place >= 0; place = text.indexOf(row[at], place + 1)) {
        if (text.slice(place + 1, place + 1 + REACH).includes(word)) return true;
      }
      return false;
    });
    return 1 + pairs.length / (row.length - 1);
  }

  /** The words of a query, each with its variants: what to look for, and how much that is worth. */
  #ask(query) {
    const typed = words(query);
    const perPlace = new Map();
    for (const { word, at, end } of typed) perPlace.set(at, [...(perPlace.get(at) ?? []), { word, end }]);
    let places = [...perPlace.values()];
    const meaningful = places.filter((place) => !place.every(({ word }) => isStop(word)));
    if (meaningful.length) places = meaningful;
    const asked = places.map((place, at) => ({
      typed: place[0].word,
      weight: this.#weight(place.map(({ word }) => word)),
      variants: this.#variants(place.map(({ word }) => word), at === places.length - 1),
    }));
    const heads = places.map((place) => place[0].word);
    this.#joined(heads, asked);
    this.#synonyms(places, asked);
    return asked;
  }

  /** From 0.2 for a word that is everywhere to 1 for a rare one, or for one that only the glossary knows. */
  #weight(forms) {
    const times = Math.max(...forms.map((word) => this.#spread.get(stem(word)) ?? 0));
    return times ? Math.max(0.2, Math.log(this.#docs.length / times) / Math.log(this.#docs.length)) : 1;
  }

  #variants(forms, last) {
    const variants = [];
    const add = (terms, factor, options = {}) => variants.push({ terms, factor, ...options });
    const known = forms.some((word) => this.#stems.has(stem(word)) || this.#forms.has(stem(word)));
    forms.forEach((word, at) => {
      add([stem(word)], at ? WEIGHT.parts : WEIGHT.exact);
      // betaalt, gestart: a verb in a form that the stem does not undo
      if (/[a-z]{4,}[td]$/.test(word)) add([stem(word.slice(0, -1))], WEIGHT.joined);
      if (root(word)) add([root(word)], WEIGHT.joined);
    });
    const [word] = forms;
    if (/\d/.test(word)) return variants;
    const parts = [...new Set(this.#splitter.parts(word).map(stem))];
    if (parts.length) {
      add(parts, WEIGHT.parts);
      for (const part of parts) add([part], known ? WEIGHT.part / 2 : WEIGHT.part);
    }
    if (word.length > (last ? 1 : 3) || !known) add([stem(word)], WEIGHT.prefix, { prefix: word.length > 1 });
    if (word.length > 5 && stem(word) !== word) add([word], WEIGHT.prefix, { prefix: true });
    if (!known && !parts.length && word.length > 3) {
      add([stem(word)], WEIGHT.near, { fuzzy: slack(word) });
      for (const part of this.#splitter.ends(word)) add([stem(part)], WEIGHT.part);
    }
    return variants;
  }

  /** Words typed apart that the site writes as one: "onderwijs zorg arrangement". */
  #joined(heads, asked) {
    for (let size = 2; size <= 4; size++) {
      for (let at = 0; at + size <= heads.length; at++) {
        const run = heads.slice(at, at + size);
        for (const glue of ['', 's']) {
          const whole = stem(run.join(glue));
          if (!this.#stems.has(whole)) continue;
          for (let word = at; word < at + size; word++) asked[word].variants.push({ terms: [whole], factor: WEIGHT.joined });
        }
      }
    }
  }

  /** Rows of words that the glossary knows, with what else it calls the same thing. */
  #synonyms(places, asked) {
    for (let at = 0; at < places.length; at++) {
      for (let size = Math.min(LONGEST, places.length - at); size > 0; size--) {
        const keys = size === 1
          ? places[at].map(({ word }) => stem(word))
          : [places.slice(at, at + size).map((place) => stem(place[0].word)).join(' '), places.slice(at, at + size).map((place) => place[0].word).map(stem).join('')];
        const groups = new Set(keys.flatMap((key) => [...(this.#forms.get(key) ?? [])]));
        const near = size === 1 && !groups.size ? this.#near(places[at][0].word) : [];
        const literal = size === 1 && this.#stems.has(stem(places[at][0].word));
        const factor = near.length ? WEIGHT.synonym * WEIGHT.near : literal ? WEIGHT.other : WEIGHT.synonym;
        for (const key of near) for (const group of this.#forms.get(key)) groups.add(group);
        if (size === 1 && !groups.size && !literal) for (const group of this.#letters.get(places[at][0].word) ?? []) groups.add(group);
        for (const group of groups) this.#add(this.#groups[group], asked.slice(at, at + size), factor);
        if (groups.size && size > 1) break;
      }
    }
  }

  /** Forms of the glossary that are spelt nearly as a word that is not on the site. */
  #near(word) {
    if (word.length < 5 || /\d/.test(word) || this.#stems.has(stem(word))) return [];
    const hits = this.#nearForms.search(stem(word), { fuzzy: slack(word) });
    return hits.slice(0, 3).map(({ id }) => this.#nearKeys[id]);
  }

  #add({ vormen, plekken }, asked, factor) {
    const places = new Set(plekken);
    for (const vorm of vormen) {
      const terms = [...new Set(row(vorm).map(stem))];
      if (!terms.length || terms.length > LONGEST) continue;
      for (const { variants } of asked) variants.push({ terms, factor, places });
    }
  }

  /** The word of the site that most probably completes what is being typed. */
  complete(query) {
    const last = words(query).at(-1);
    if (!last || last.end !== query.length || last.word.length < 3) return null;
    let best = null;
    for (const [word, times] of this.#vocabulary) {
      if (word.length > last.word.length && word.startsWith(last.word) && times > (best?.times ?? 1)) best = { word, times };
    }
    return best?.word ?? null;
  }
}

const put = (map, key, value) => map.set(key, (map.get(key) ?? new Set()).add(value));
const list = (text) => words(text).map(({ word }) => word);
const stems = (found) => found.map(stem).join(' ');
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** A form as a row of words: per written word its most literal form, stop words left out. */
function row(text) {
  const heads = new Map();
  for (const { word, at } of words(text)) if (!heads.has(at)) heads.set(at, word);
  const all = [...heads.values()];
  const meaningful = all.filter((word) => !isStop(word));
  return meaningful.length ? meaningful : all;
}

/** How many letters may be wrong. */
const slack = (word) => (word.length < 7 ? 1 : word.length < 12 ? 2 : 3);
