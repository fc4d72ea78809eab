// Makes the memory snapshot: Pyodide under Node, with the wegwijzer imported and its model built.
//
//   node snapshot.mjs '{"pyodide": DIR, "stdlib": ZIP, "wheel": WHL, "lock": {…}, "snapshot": OUT}'
//
// What it writes is Pyodide's own: a header (the place where the memory begins is its second 32-bit number) and the
// memory. wizard/site/runtime.py makes a WebAssembly module of it. What it prints is a JSON list of the modules that
// are imported by then.
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

/** Sizes in bytes of the pieces in which free memory is taken: from here down, and from here in steps of eight. */
const LARGE = 1 << 20;
const SMALL = 1024;

const PREPARE = `
import sys
sys.path.insert(0, ${JSON.stringify(WHEEL)})
import wizard.browser
wizard.browser.warm()
`;

/**
 * What Pyodide imports for asynchronous Python and for installing packages. The wegwijzer does neither, so nobody has to
 * fetch it; a module of ours that names one of these stops the build.
 */
const UNUSED = [
  'asyncio', 'bz2', 'concurrent', 'importlib.resources', 'selectors', 'socket', 'subprocess', 'tempfile', 'zipfile',
];

// The file system is no part of a snapshot. A path or a directory listing that still points at the zip files
// turns a missing module into an EOFError instead of a ModuleNotFoundError.
const CLEAN = `
import gc, sys, zipimport
unused = tuple(${JSON.stringify(UNUSED.map((name) => `${name}.`))})
for ours in [name for name in sys.modules if name.split('.')[0] == 'wizard']:
    for name, value in vars(sys.modules[ours]).items():
        home = value.__name__ if isinstance(value, type(sys)) else getattr(value, '__module__', None)
        if f'{home}.'.startswith(unused):
            raise ImportError(f'{ours} gebruikt {name} uit {home}: haal dat uit UNUSED in snapshot.mjs')
for name in [name for name in sys.modules if f'{name}.'.startswith(unused)]:
    vars(sys.modules.pop(name)).clear()
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

/** The functions of the C code, which Pyodide keeps to itself. */
let exported;

function watchInstance() {
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...args) => {
    const result = await instantiate(...args);
    const { exports } = result.instance ?? result;
    if (exports.malloc) exported = exports;
    return result;
  };
}

/**
 * Clears what was used and given back: the start leaves megabytes of it, and every reader would fetch them. Takes
 * all free memory below the highest address in use, from large pieces to small, and gives it back clean.
 */
function scrub(heap) {
  const words = new Uint32Array(heap.buffer);
  const top = 4 * (words.findLastIndex((word) => word !== 0) + 1);
  const taken = [];
  const take = (size) => {
    for (;;) {
      const address = exported.malloc(size);
      if (!address || address + size > top) return exported.free(address);
      heap.fill(0, address, address + size);
      taken.push(address);
    }
  };
  for (let size = LARGE; size > SMALL; size = (size * 0.8) & ~15) take(size);
  for (let size = SMALL; size >= 8; size -= 8) take(size);
  taken.forEach((address) => exported.free(address));
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

const IMPORTED = `
import json, sys
json.dumps(sorted(sys.modules))
`;

async function main({ pyodide: folder, stdlib, wheel, lock, snapshot }) {
  const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')));
  const archive = await bytes(wheel);
  freezeChance();
  anyEngine();
  watchInstance();
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
  const imported = pyodide.runPython(IMPORTED);
  const memory = await step('De momentopname van het geheugen is mislukt', () => {
    pyodide.runPython(CLEAN);
    scrub(pyodide._module.HEAPU8);
    return pyodide.makeMemorySnapshot();
  });
  await writeFile(snapshot, memory);
  return imported;
}

try {
  const imported = await main(JSON.parse(process.argv[2]));
  // Pyodide keeps the event loop alive
  process.stdout.write(imported, () => process.exit(0));
} catch (error) {
  process.stderr.write(`${error.message}\n`, () => process.exit(1));
}
