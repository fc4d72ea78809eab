// Makes the memory snapshot: Pyodide under Node, with the wegwijzer imported and its model built.
//
//   node snapshot.mjs '{"pyodide": DIR, "stdlib": ZIP, "wheel": WHL, "lock": {…}, "snapshot": OUT}'
//
// Equal input gives equal bytes. Whatever differs between two runs (the clock, chance, the locale and the path
// of this process) ends up in the memory of the interpreter, so it is replaced by constants first.

import crypto from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** 1 January 2020, in milliseconds: a moment that no source of chance can change. */
const MOMENT = Date.UTC(2020, 0, 1);

/** Where the wheel lies in Pyodide's own file system; the worker's ordinary start uses the same place. */
const WHEEL = '/lib/wizard.whl';

const PREPARE = `
import sys
sys.path.insert(0, ${JSON.stringify(WHEEL)})
import wizard.browser
wizard.browser.warm()
`;

// The file system is no part of a snapshot. A path or a directory listing that still points at the zip files
// turns a missing module into an EOFError instead of a ModuleNotFoundError.
const CLEAN = `
import gc, sys, zipimport
sys.path[:] = [path for path in sys.path if not path.endswith(('.zip', '.whl'))]
sys.path_importer_cache.clear()
zipimport._zip_directory_cache.clear()
gc.collect()
`;

function freezeChance() {
  const RealDate = globalThis.Date;
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      super(...(args.length ? args : [MOMENT]));
    }
    static now() {
      return MOMENT;
    }
  };
  Math.random = () => 0.5;
  Object.defineProperty(globalThis, 'performance', { value: { now: () => 0, timeOrigin: MOMENT } });
  // Emscripten asks node:crypto for the seeds of `random`; the worker seeds anew after restoring
  crypto.randomFillSync = (view) => view.fill(7);
  syncBuiltinESMExports();
}

/**
 * Keeps a function that Pyodide compiles for this engine alone out of the snapshot: its place in the table of
 * functions is part of the memory, and in WebKit something else stands there. Pyodide itself does without on iOS,
 * so it is told that this is one.
 */
function anyEngine() {
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'iPhone', platform: '' } });
}

/** A `Uint8Array` of its own: Pyodide refuses Node's `Buffer`. */
async function bytes(path) {
  return new Uint8Array(await readFile(path));
}

async function step(name, work) {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${name}:\n${error.message ?? error}`, { cause: error });
  }
}

async function main({ pyodide: folder, stdlib, wheel, lock, snapshot }) {
  const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')));
  const archive = await bytes(wheel);
  freezeChance();
  anyEngine();
  const pyodide = await step('Pyodide start niet', () =>
    loadPyodide({
      indexURL: folder,
      stdLibURL: stdlib,
      lockFileContents: lock,
      packageBaseUrl: folder,
      env: { PYTHONHASHSEED: '0', LANG: 'C.UTF-8', HOME: '/home/pyodide' },
      _sysExecutable: '/usr/bin/python3',
      _makeSnapshot: true,
    }),
  );
  pyodide.FS.writeFile(WHEEL, archive);
  await step('Het pakket wizard is niet te importeren en klaar te zetten in Pyodide', () =>
    pyodide.runPython(PREPARE),
  );
  const memory = await step('De momentopname van het geheugen is mislukt', () => {
    pyodide.runPython(CLEAN);
    return pyodide.makeMemorySnapshot();
  });
  await writeFile(snapshot, memory);
}

try {
  await main(JSON.parse(process.argv[2]));
  // Pyodide keeps the event loop alive
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.message}\n`, () => process.exit(1));
}
