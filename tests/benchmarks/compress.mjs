// Compresses files as a host with ready-made copies would: node compress.mjs '[[SOURCE, TARGET, "br" | "gzip"], …]'

import { readFile, rename, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const QUALITY = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 24 };
const HOW = {
  br: (bytes) =>
    promisify(zlib.brotliCompress)(bytes, {
      params: { ...QUALITY, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes) => promisify(zlib.gzip)(bytes, { level: 9 }),
};

for (const [source, target, how] of JSON.parse(process.argv[2])) {
  // moved into place when whole: another run may read the same cache
  await writeFile(`${target}.${process.pid}`, await HOW[how](await readFile(source)));
  await rename(`${target}.${process.pid}`, target);
}
