/*
 * The worker behind the search box of the theme: it speaks the theme's language and searches in ours.
 *
 * page → worker   { type: 0, data: { config, docs, options } }    the index, once
 *                 { type: 2, data: query }
 *                 { type: 'begin' }                               the reader goes to the search box
 * worker → page   { type: 1 }                                     ready
 *                 { type: 3, data: { items, suggest } }           items: per page a list, the page itself among them
 *
 * From a server the index that the theme hands over is empty and names the file with the real one, which is fetched when
 * the reader goes to search: it weighs more than any page. From a folder it is all there.
 */
import { Zoeker } from './zoeker.js';
import { stem, words } from './woorden.js';

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;

/** Sections of a page that are shown at once, and those that the theme folds with them. */
const OPEN = 3;
const MOST = 10;
const TEASER = 220;
const HIGHLIGHTS = 8;

let zoeker;
let pages;
let waiting = null;
/** The index as the theme handed it over. */
let handed = null;
let asked = false;
let loading = false;

self.addEventListener('message', ({ data: { type, data } }) => {
  if (type === SETUP) {
    handed = data;
    if (!data.config.inhoud) ready({ docs: data.docs, begrippen: data.config.begrippen });
    else if (asked) load();
  } else if (type === 'begin') {
    asked = true;
    if (handed?.config.inhoud) load();
  } else if (type === QUERY) {
    // who types faster than this machine searches, waits for the last word only
    if (waiting === null) setTimeout(next, 0);
    waiting = data;
  }
});

/** Fetches the sections. What fails is tried again when the reader comes back to the box. */
async function load() {
  if (loading) return;
  loading = true;
  try {
    // a page that stayed open while the site was renewed names a file that is gone
    ready((await get(handed.config.inhoud) ?? await get((await get('search_index.json')).config.inhoud)));
  } catch {
    loading = false;
  }
}

async function get(name) {
  const answer = await fetch(new URL(`../../search/${name}`, self.location));
  return answer.ok ? answer.json() : null;
}

function ready(content) {
  setup(content);
  self.postMessage({ type: READY });
}

function next() {
  const query = waiting;
  waiting = null;
  self.postMessage({ type: RESULT, data: answer(query) });
}

function setup({ docs, begrippen }) {
  const read = docs.map((doc) => ({ ...doc, title: plain(doc.title), text: plain(doc.text) }));
  pages = new Map(read.filter((doc) => !doc.location.includes('#')).map((doc) => [doc.location, doc]));
  zoeker = new Zoeker(read, begrippen ?? []);
  // the first search is the slowest: let it not be the reader's
  answer('wie heeft de procesregie');
}

function answer(query) {
  const { pages: found, missing } = zoeker.search(query);
  const absent = Object.fromEntries(missing.map((word) => [word, false]));
  const items = found.map(({ page, score, sections }) => {
    const shown = sections.slice(0, MOST).map(({ doc, matched }, at) => ({
      location: doc.location,
      title: marked(doc.title, matched),
      text: teaser(doc.text, matched),
      score: at < OPEN ? score : score / (at + 1),
      terms: { ...absent, ...present(`${doc.title} ${doc.text}`, matched) },
    }));
    if (!shown.some(({ location }) => location === page)) {
      shown.push({ location: page, title: escape(pages.get(page)?.title ?? ''), text: '', score: 0, terms: {} });
    }
    return shown;
  });
  const completion = zoeker.complete(query);
  return { items, suggest: completion ? [completion] : [] };
}

const ENTITIES = {
  '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ', '&para;': ' ',
};

/** Text without markup. Every closing tag ends a word. */
function plain(html) {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp|para);/g, (entity) => ENTITIES[entity])
    // a soft hyphen only says where a word may be cut
    .replaceAll('\u00ad', '')
    .replace(/\s+/g, ' ')
    .trim();
}

const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text) => text.replace(/[&<>"]/g, (character) => ESCAPED[character]);

/** Where the matched words stand in a text, without overlap. */
function spots(text, matched) {
  const found = [];
  for (const { word, at, end } of words(text)) {
    if (matched.has(stem(word)) && (found.at(-1)?.at ?? -1) !== at) found.push({ at, end });
  }
  return found;
}

function marked(text, matched, from = 0, to = text.length) {
  let html = '';
  let cursor = from;
  for (const { at, end } of spots(text, matched)) {
    if (at < cursor || end > to) continue;
    html += `${escape(text.slice(cursor, at))}<mark>${escape(text.slice(at, end))}</mark>`;
    cursor = end;
  }
  return html + escape(text.slice(cursor, to));
}

/** The words as they are written there, for the page to highlight. */
function present(text, matched) {
  const seen = new Set(spots(text, matched).map(({ at, end }) => text.slice(at, end)));
  return Object.fromEntries([...seen].slice(0, HIGHLIGHTS).map((word) => [word, true]));
}

/** The stretch of a text that holds the most matches. */
function teaser(text, matched) {
  if (text.length <= TEASER) return marked(text, matched);
  const found = spots(text, matched);
  let from = 0;
  let most = 0;
  for (const { at } of found) {
    const count = found.filter((spot) => spot.at >= at && spot.at < at + TEASER - 60).length;
    if (count > most) [most, from] = [count, at];
  }
  const start = from < 60 ? 0 : text.lastIndexOf(' ', from - 40) + 1;
  let end = text.indexOf(' ', Math.min(text.length, start + TEASER));
  if (end < 0) end = text.length;
  return `${start ? '… ' : ''}${marked(text, matched, start, end)}${end < text.length ? ' …' : ''}`;
}
