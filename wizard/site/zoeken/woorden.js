/*
 * From Dutch text to the words that search compares: one spelling for what people write in several ways.
 *
 *   words(text)    → [{ word, at, end }]   word in its search form, and where it stands in the text
 *   stem(word)     → its stem
 *   Splitter       → takes compounds apart, by the words of the site itself
 *
 * What plain lunr loses is kept here: digits ("52 uur", "5a", "44.000"), two-letter words (HB), words held together by
 * a slash, a hyphen, an apostrophe or brackets (OPP/groeiplan, auti-klas, IB’er, S(B)O).
 */
import { stemmer } from '@orama/stemmers/dutch';
import { nld } from 'stopword';

/** Amounts are written in words and in digits: "zes weken" and "6 weken". */
const FROM_TWO = 'twee drie vier vijf zes zeven acht negen tien elf twaalf'.split(' ');
const NUMBERS = new Map(FROM_TWO.map((word, at) => [word, `${at + 2}`]));

/** Words that say nothing of what someone looks for: the library's list, and what people put around a question. */
const ASKING = `er je jij jouw jullie mijn mag moeten moet kunnen krijgt krijg wanneer welke hoeveel waarom
  gaat gaan bij doe doet betekent betekenis`;
const STOP = new Set([...nld, ...ASKING.split(/\s+/)].map(fold));

const WORD = new RegExp([
  /\d+\/\d+(?![\d/])/, // 24/7
  /\d+(?:[.,:]\d+)*[a-z]?(?![a-z0-9]|-[a-z])/, // 52, 44.000, 6,6, 5a
  /[a-z0-9]*(?:\([a-z]+-?\)|['-]?[a-z0-9]+)+(?:\([a-z]+\))?/, // OPP, ib'er, auti-klas, s(b)o
].map(({ source }) => source).join('|'), 'g');

/** Lower case, without accents, with plain apostrophes and hyphens; every character stays in its place. */
export function fold(text) {
  return text.replace(/[^\u0020-\u007e]/g, (character) => {
    if (/[\u2018\u2019\u02bc\u00b4]/.test(character)) return "'";
    if (/[\u2010-\u2015]/.test(character)) return '-';
    const plain = character.normalize('NFD')[0];
    return plain.length === character.length && /[a-z]/i.test(plain) ? plain : ' ';
  }).toLowerCase();
}

/** The ways in which one written word can be meant, the most literal one first. */
function forms(written) {
  if (/^\d[\d.,:/]*[a-z]?$/.test(written)) {
    // 44.000 is one number; 6,6 and 6.6 are the same one
    const thousands = /^\d{1,3}(\.\d{3})+(,\d+)?$/.test(written);
    const whole = thousands ? written.replaceAll('.', '').replace(/,00$/, '') : written;
    return [whole.replace(',', '.')];
  }
  const bracket = written.match(/^([a-z0-9'-]*)\(([a-z]+)-?\)([a-z0-9'-]*)(?:\([a-z]+\))?$/);
  if (bracket) {
    const [, before, inside, after] = bracket;
    return [before + inside + after, before + after].filter(Boolean).flatMap(forms);
  }
  const plain = written.replace(/\([^)]*\)/g, '').replace(/'s$/, '').replace(/^['-]+|['-]+$/g, '');
  if (!plain) return [];
  const parts = plain.split(/['-]/).filter(Boolean);
  return parts.length > 1 ? [parts.join(''), ...parts.filter((part) => part.length > 1 || /\d/.test(part))] : [plain];
}

/** Every word of a text in its search forms, with its place in that text. */
export function words(text) {
  const found = [];
  for (const match of fold(text).matchAll(WORD)) {
    for (const form of forms(match[0])) {
      found.push({ word: NUMBERS.get(form) ?? form, at: match.index, end: match.index + match[0].length });
    }
  }
  return found;
}

export function isStop(word) {
  return STOP.has(word);
}

const known = new Map();

/** The stem; numbers, mixtures such as 5a and short words (OPP, HB) are their own. */
export function stem(word) {
  if (word.length < 4 || /\d/.test(word)) return word;
  if (!known.has(word)) known.set(word, stemmer(word));
  return known.get(word);
}

/** Every search form in a text. */
export const list = (text) => words(text).map(({ word }) => word);

/** The stems of words, as one text. */
export const stems = (found) => found.map(stem).join(' ');

/** A text as a row of words: per written word its most literal form, small words left out. */
export function row(text) {
  const heads = new Map();
  for (const { word, at } of words(text)) if (!heads.has(at)) heads.set(at, word);
  const all = [...heads.values()];
  const meaningful = all.filter((word) => !isStop(word));
  return meaningful.length ? meaningful : all;
}

/** How many letters of a word may be wrong. */
export const slack = (word) => (word.length < 7 ? 1 : word.length < 12 ? 2 : 3);

const PARTICIPLE = /^(op|af|aan|in|uit|mee|toe|terug|door|over|bij|na|voor|vast|samen|om)?ge([a-z]{4,})[dt]$/;

/** The stems of the verbs behind a word, where its own stem does not say so: opgeschaald (opschalen), schorsing. */
export function verbs(word) {
  const participle = word.match(PARTICIPLE);
  const noun = word.match(/^([a-z]{4,})ing(?:en)?$/);
  const found = [participle && stem((participle[1] ?? '') + participle[2]), noun && stem(`${noun[1]}en`)];
  return found.filter((verb) => verb && verb !== stem(word));
}

/** Takes compounds apart into words that it knows; "thuiszittersaanpak" → thuiszitters, aanpak. */
export class Splitter {
  #known;
  #cache = new Map();

  /** @param words an iterable of words, in their search form */
  constructor(words) {
    this.#known = new Set([...words].filter((word) => word.length > 3 && !STOP.has(word) && !/\d/.test(word)));
  }

  /** The parts of a word, or nothing when it is no compound. */
  parts(word) {
    if (word.length < 8 || /\d/.test(word)) return [];
    if (!this.#cache.has(word)) this.#cache.set(word, this.#split(word));
    return this.#cache.get(word);
  }

  /** The longest known word that a word begins with, and the longest that it ends with. */
  ends(word) {
    const longest = (cut) => {
      for (let size = word.length - 2; size > 3; size--) if (this.#knows(cut(size))) return [cut(size)];
      return [];
    };
    return [...longest((size) => word.slice(0, size)), ...longest((size) => word.slice(-size))];
  }

  #split(word) {
    // the longest last part first: it says what kind of thing the compound is
    for (let at = 4; at <= word.length - 4; at++) {
      const last = word.slice(at);
      if (!this.#knows(last)) continue;
      const first = word.slice(0, at);
      for (const link of ['', 's', 'en', 'e']) {
        const bare = link && first.endsWith(link) ? first.slice(0, -link.length) : first;
        if (link && bare === first) continue;
        if (this.#knows(bare)) return [bare, last, ...this.parts(bare), ...this.parts(last)];
        const deeper = this.parts(bare);
        if (deeper.length) return [...deeper, last, ...this.parts(last)];
      }
    }
    return [];
  }

  #knows(word) {
    return this.#known.has(word);
  }
}
