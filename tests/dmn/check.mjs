// Checks a DMN document without anything of ours: parsed by dmn-moddle, computed by feelin.
//
//   node check.mjs < FILE.dmn
//
// Writes one object in JSON. `klachten` holds all that is wrong with the document as such. `tabellen` holds per
// decision the names and values of its inputs, the ids and outcomes of its rules, and in `treffers` for every
// combination of values (the last input changes fastest) the place of the rule that matches, or a list of places
// where that is not exactly one: hit policy UNIQUE. A document that cannot be computed at all is an error of node.

import { readFileSync } from 'node:fs';

import { DmnModdle } from 'dmn-moddle';
import { evaluate, unaryTest } from 'feelin';

const klachten = [];
const check = (goed, klacht) => goed || klachten.push(klacht);
const same = (een, ander) => JSON.stringify(een) === JSON.stringify(ander);

/** The value of a FEEL expression; a warning of the interpreter is a complaint. */
function compute(tekst, context = {}) {
  const { value, warnings } = evaluate(tekst, context);
  for (const warning of warnings) klachten.push(`${tekst}: ${warning.message}`);
  return value;
}

/** The values of a list of FEEL literals, as in `"ja","nee"`. */
const values = (tests) => compute(`[${tests.text}]`);

const remembered = new Map();

/** Whether a cell holds for a value, computed once for each pair. */
function holds(cel, waarde) {
  const sleutel = JSON.stringify([cel, waarde]);
  if (!remembered.has(sleutel)) {
    const { value, warnings } = unaryTest(cel, { '?': waarde });
    for (const warning of warnings) klachten.push(`${cel}: ${warning.message}`);
    check(typeof value === 'boolean', `${cel}: geen ja of nee bij ${waarde}`);
    remembered.set(sleutel, value === true);
  }
  return remembered.get(sleutel);
}

/** Every element of the document below `deel`, itself included. */
function* walk(deel) {
  yield deel;
  for (const { name, isAttr, isReference } of deel.$descriptor?.properties ?? []) {
    if (isAttr || isReference || !deel[name]) continue;
    for (const kind of [deel[name]].flat()) if (kind.$type) yield* walk(kind);
  }
}

const tags = (xml) => [...xml.matchAll(/<([\w:]+)/g)].map(([, tag]) => tag);

const xml = readFileSync(0, 'utf8');
const moddle = new DmnModdle();
const { rootElement, warnings, elementsById } = await moddle.fromXML(xml);
for (const warning of warnings) klachten.push(warning.message);

// what is written again from the parsed document has the order of the schema, and misses what was not understood
check(same(tags((await moddle.toXML(rootElement)).xml), tags(xml)), 'elementen ontbreken of staan niet in de volgorde van DMN');

const elementen = [...walk(rootElement)];
const types = new Map((rootElement.itemDefinition ?? []).map((type) => [type.name, values(type.allowedValues)]));
const invoer = rootElement.drgElement.filter((deel) => deel.$type === 'dmn:InputData');
const besluiten = rootElement.drgElement.filter((deel) => deel.$type === 'dmn:Decision');
const context = Object.fromEntries([...invoer, ...besluiten].map((deel) => [deel.variable.name, deel.id]));

/** The element that a reference points to, which must be of this type. */
function follow(verwijzing, soort) {
  const deel = elementsById[verwijzing.href.replace(/^#/, '')];
  if (deel?.$type !== soort) throw new Error(`${verwijzing.href}: dit is geen ${soort}`);
  return deel;
}

check(Object.keys(context).length === invoer.length + besluiten.length, 'twee elementen hebben dezelfde naam');
for (const deel of elementen) {
  if (deel.typeRef) check(deel.typeRef === 'string' || types.has(deel.typeRef), `${deel.typeRef}: dit type bestaat niet`);
  if (deel.requiredAuthority) follow(deel.requiredAuthority, 'dmn:KnowledgeSource');
}
for (const deel of [...invoer, ...besluiten]) {
  check(deel.variable.name === deel.name, `${deel.id}: de variabele heet anders`);
  // a name with a space or a hyphen is fine as long as FEEL reads them as one name among all others
  check(compute(deel.name, context) === deel.id, `${deel.name}: dit leest FEEL niet als een naam`);
}

/** Every combination of the values with what matches it; rules that fall off in a column are not tried again. */
function matches(opties, cellen) {
  const treffers = [];
  const step = (kolom, over) => {
    if (kolom === opties.length) {
      treffers.push(over.length === 1 ? over[0] : over);
      return;
    }
    for (const optie of opties[kolom]) step(kolom + 1, over.filter((regel) => holds(cellen[regel][kolom], optie)));
  };
  step(0, [...cellen.keys()]);
  return treffers;
}

const tabellen = {};
for (const besluit of besluiten) {
  const { id, decisionLogic: tabel } = besluit;
  const kolommen = tabel.input ?? [];
  const gevraagd = (besluit.informationRequirement ?? []).map((eis) => follow(eis.requiredInput, 'dmn:InputData'));
  check(tabel.hitPolicy === 'UNIQUE', `${id}: de hit policy is niet UNIQUE`);
  check(gevraagd.length === kolommen.length, `${id}: evenveel vragen als kolommen`);
  const opties = gevraagd.map((vraag) => types.get(vraag.variable.typeRef) ?? []);
  kolommen.forEach(({ inputExpression, inputValues }, kolom) => {
    check(same(values(inputValues), opties[kolom]), `${id}: kolom ${kolom + 1} heeft andere waarden dan haar vraag`);
    for (const optie of opties[kolom]) {
      const waarde = compute(inputExpression.text, { ...context, [gevraagd[kolom].variable.name]: optie });
      check(waarde === optie, `${id}: kolom ${kolom + 1} is niet de waarde van haar vraag`);
    }
  });
  const uitkomsten = tabel.rule.map((regel) => compute(regel.outputEntry[0].text));
  const mogelijk = values(tabel.output[0].outputValues);
  for (const uitkomst of uitkomsten) check(mogelijk.includes(uitkomst), `${id}: ${uitkomst} is geen uitkomst`);
  for (const regel of tabel.rule) {
    const [in_, uit, aantekeningen] = [regel.inputEntry ?? [], regel.outputEntry, regel.annotationEntry];
    const past = in_.length === kolommen.length && uit.length === 1 && aantekeningen.length === tabel.annotation.length;
    check(past, `${regel.id}: niet evenveel cellen als kolommen`);
  }
  tabellen[id] = {
    invoer: gevraagd.map((vraag) => vraag.name),
    opties,
    regels: tabel.rule.map((regel) => regel.id),
    uitkomsten,
    treffers: matches(opties, tabel.rule.map((regel) => (regel.inputEntry ?? []).map((cel) => cel.text))),
  };
}

process.stdout.write(JSON.stringify({ klachten: [...new Set(klachten)], tabellen }));
