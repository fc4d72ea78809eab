// The floor: an interpreter of a twentieth of the size, with a decision table in JSON instead of the wegwijzer.

import { loadMicroPython } from './micropython/micropython.mjs';

async function start() {
  const [python, tabel, code] = await Promise.all([
    loadMicroPython(),
    ...['wizard/tabel.json', 'micropython-vraag.py'].map(async (name) =>
      (await fetch(new URL(name, import.meta.url))).text()),
  ]);
  python.runPython(code);
  return python.globals.get('handle')(tabel);
}

start().then(window.meter.answered, window.meter.failed);
