// Pyodide as its documentation says, with the wheel fetched meanwhile: what anyone would write first.

import { loadPyodide } from './pyodide/pyodide.mjs';

/** @returns {Promise<string>} what Python says to the first answer */
export async function start() {
  const get = (name) => fetch(new URL(`wizard/${name}`, import.meta.url));
  const [pyodide, wheel, { verzoek }] = await Promise.all([
    loadPyodide(),
    get('wizard-0-py3-none-any.whl').then((response) => response.arrayBuffer()),
    get('verzoek.json').then((response) => response.json()),
  ]);
  pyodide.unpackArchive(wheel, 'wheel');
  return pyodide.pyimport('wizard.browser').handle(JSON.stringify(verzoek));
}
