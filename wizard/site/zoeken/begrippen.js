/*
 * The glossary as search uses it: which terms a row of typed words stands for.
 *
 * A form is known by the stems of its words, small words left out, so that "zit al weken thuis" and "zit thuis" differ
 * but "de TLV" and "TLV" do not.
 */
import MiniSearch from 'minisearch';
import { row, slack, stem, stems } from './woorden.js';

/** Words in a row that a form can have; what is longer is found by its words. */
export const LONGEST = 6;

/** Forms that a misspelt word may stand for. */
const GUESSES = 3;

export class Begrippen {
  #begrippen;
  #splitter;
  /** Terms by form, and by the first letters of a form's words. */
  #forms = new Map();
  #letters = new Map();
  #near = new MiniSearch({
    fields: ['key'],
    storeFields: ['key'],
    tokenize: (text) => [text],
    processTerm: (term) => term,
  });

  /** @param begrippen [{ vormen: [text, …], plekken: [location, …] }] */
  constructor(begrippen, splitter) {
    this.#begrippen = begrippen.map(({ vormen, plekken }) => ({
      plekken: new Set(plekken),
      vormen: vormen.map(terms).filter(Boolean),
    }));
    this.#splitter = splitter;
    begrippen.forEach(({ vormen }, at) => {
      for (const vorm of vormen) {
        const found = row(vorm);
        put(this.#forms, stems(found), at);
        put(this.#letters, this.#initials(found), at);
      }
    });
    const single = [...this.#forms.keys()].filter((key) => key && !key.includes(' '));
    this.#near.addAll(single.map((key, id) => ({ id, key })));
  }

  /** Whether one typed word is a form of a term. */
  has(word) {
    return this.#forms.has(stem(word));
  }

  /** The terms for words that stand in a row: [{ vormen: [[stem, …], …], plekken: Set }]. */
  named(words) {
    const keys = [stems(words), words.length > 1 ? words.map(stem).join('') : ''];
    return this.#terms(keys.flatMap((key) => [...(this.#forms.get(key) ?? [])]));
  }

  /** The terms for one word that neither the site nor the glossary has: a misspelling, or first letters such as IA. */
  guessed(word) {
    const initials = [...(this.#letters.get(word) ?? [])];
    if (initials.length || word.length < 5 || /\d/.test(word)) return this.#terms(initials);
    const hits = this.#near.search(stem(word), { fuzzy: slack(word) }).slice(0, GUESSES);
    return this.#terms(hits.flatMap(({ key }) => [...this.#forms.get(key)]));
  }

  #terms(places) {
    return [...new Set(places)].map((at) => this.#begrippen[at]);
  }

  /** The first letters of words, compounds taken apart: IA for integraal arrangeren, LP for leerplicht. */
  #initials(found) {
    const parts = found.flatMap((word) => (this.#splitter.parts(word).length ? this.#splitter.parts(word) : [word]));
    return parts.length > 1 ? parts.map((word) => word[0]).join('') : '';
  }
}

/** The stems of a form, each once, or null for one that is too long to look up. */
function terms(vorm) {
  const found = [...new Set(row(vorm).map(stem))];
  return found.length && found.length <= LONGEST ? found : null;
}

const put = (map, key, at) => key && map.set(key, (map.get(key) ?? new Set()).add(at));
