/*
 * Makes one classic script of a worker and the libraries that it uses: some browsers, and every folder without
 * a server, have no workers made of modules.
 *
 *   node bundle.mjs ENTRY OUT
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [entry, outfile] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { build } = require('esbuild');

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'eof',
  logLevel: 'error',
  // the sources stand outside the folder with the packages
  nodePaths: [`${process.cwd()}/node_modules`],
});
