/*
 * From what someone types to what to look for.
 *
 * A query is a row of words. Each word gets variants: itself, its stem, words that begin with it, the parts of a
 * compound, words typed apart that the site writes as one, the synonyms that the glossary knows, and for a word that is
 * nowhere on the site, words that are spelt nearly the same. A variant is
 *
 *   { terms: [stem, …], factor, prefix?, fuzzy?, places? }   all of the terms must be there
 */
import { LONGEST } from './begrippen.js';
import { isStop, slack, stem, verbs, words } from './woorden.js';

/** How much a variant counts against the word as it was typed. */
const FACTOR = {
  exact: 1,
  joined: 0.95,
  synonym: 0.8,
  near: 0.6,
  parts: 0.55,
  // a synonym of a word that the site has itself
  beside: 0.5,
  guess: 0.48,
  prefix: 0.45,
  part: 0.3,
};

/** Words of a query that are looked at; who pastes a letter into the box is not kept waiting. */
const MOST = 24;

/** Words typed apart that can be one. */
const APART = 4;

export class Vrager {
  #size;
  #splitter;
  #begrippen;
  /** In how many sections each stem stands. */
  #spread = new Map();

  /** @param rows per section its words in order, as stems */
  constructor(rows, splitter, begrippen) {
    this.#size = rows.length;
    this.#splitter = splitter;
    this.#begrippen = begrippen;
    for (const row of rows) {
      for (const each of new Set(row)) this.#spread.set(each, (this.#spread.get(each) ?? 0) + 1);
    }
  }

  /** The words of a query that say something: [{ typed, weight, variants }]. */
  ask(query) {
    const perPlace = new Map();
    for (const { word, at } of words(query)) perPlace.set(at, [...(perPlace.get(at) ?? []), word]);
    const all = [...perPlace.values()].slice(0, MOST);
    const meaningful = all.filter((forms) => !forms.every(isStop));
    const places = meaningful.length ? meaningful : all;
    const asked = places.map((forms, at) => ({
      typed: forms[0],
      weight: this.#weight(forms),
      variants: this.#variants(forms, at === places.length - 1),
    }));
    this.#joined(asked);
    this.#synonyms(places, asked);
    return asked;
  }

  #onSite(word) {
    return [stem(word), ...verbs(word)].some((each) => this.#spread.has(each));
  }

  /** From 0.2 for a word that is everywhere to 1 for a rare one, or for one that only the glossary knows. */
  #weight(forms) {
    const times = Math.max(...forms.map((word) => this.#spread.get(stem(word)) ?? 0));
    return times ? Math.max(0.2, Math.log(this.#size / times) / Math.log(this.#size)) : 1;
  }

  /** The variants of one typed word; `forms` are the ways to read it, `last` tells that it may not be finished. */
  #variants(forms, last) {
    const variants = [];
    const add = (terms, factor, options) => variants.push({ terms, factor, ...options });
    forms.forEach((word, at) => {
      add([stem(word)], at ? FACTOR.parts : FACTOR.exact);
      // betaalt, gestart: a verb in a form that the stem does not undo
      if (/[a-z]{4,}[td]$/.test(word)) add([stem(word.slice(0, -1))], FACTOR.joined);
      for (const verb of verbs(word)) add([verb], FACTOR.joined);
    });
    const [word] = forms;
    if (/\d/.test(word)) return variants;
    const known = forms.some((form) => this.#onSite(form) || this.#begrippen.has(form));
    const parts = [...new Set(this.#splitter.parts(word).map(stem))];
    if (parts.length) add(parts, FACTOR.parts);
    for (const part of parts) add([part], known ? FACTOR.part / 2 : FACTOR.part);
    if (word.length > (last ? 1 : 3)) add([stem(word)], FACTOR.prefix, { prefix: true });
    if (word.length > 5 && stem(word) !== word) add([word], FACTOR.prefix, { prefix: true });
    if (!known && !parts.length && word.length > 3) {
      add([stem(word)], FACTOR.near, { fuzzy: slack(word) });
      for (const part of this.#splitter.ends(word)) add([stem(part)], FACTOR.part);
    }
    return variants;
  }

  /** Words typed apart that the site writes as one: "onderwijs zorg arrangement". */
  #joined(asked) {
    for (let size = 2; size <= APART; size++) {
      for (let at = 0; at + size <= asked.length; at++) {
        const run = asked.slice(at, at + size);
        for (const glue of ['', 's']) {
          const whole = run.map(({ typed }) => typed).join(glue);
          if (!this.#onSite(whole)) continue;
          for (const { variants } of run) variants.push({ terms: [stem(whole)], factor: FACTOR.joined });
        }
      }
    }
  }

  /** Rows of words that the glossary knows, with what else it calls the same thing; the longest row first. */
  #synonyms(places, asked) {
    for (let at = 0; at < places.length; at++) {
      for (let size = Math.min(LONGEST, places.length - at); size > 1; size--) {
        const found = this.#begrippen.named(places.slice(at, at + size).map(([head]) => head));
        expand(found, asked.slice(at, at + size), FACTOR.synonym);
        if (found.length) break;
      }
      const here = this.#onSite(places[at][0]);
      const single = places[at].flatMap((word) => this.#begrippen.named([word]));
      expand(single, [asked[at]], here ? FACTOR.beside : FACTOR.synonym);
      if (!single.length && !here) expand(this.#begrippen.guessed(places[at][0]), [asked[at]], FACTOR.guess);
    }
  }

  /** The most frequent word of `vocabulary` (a Map of counts) that begins with the word being typed, or null. */
  complete(query, vocabulary) {
    const last = words(query).at(-1);
    if (!last || last.end !== query.length || last.word.length < 3) return null;
    let best = null;
    for (const [word, times] of vocabulary) {
      const longer = word.length > last.word.length && word.startsWith(last.word);
      if (longer && times > (best?.times ?? 1)) best = { word, times };
    }
    return best?.word ?? null;
  }
}

function expand(terms, asked, factor) {
  for (const { vormen, plekken } of terms) {
    for (const vorm of vormen) {
      for (const { variants } of asked) variants.push({ terms: vorm, factor, places: plekken });
    }
  }
}
