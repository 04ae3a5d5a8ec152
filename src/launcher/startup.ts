import { readFileSync } from 'node:fs';

/** The package that the start-up code is, as it stands in the standard library. */
export const startupPackage = '_relopack';

/** Its modules by file name. The build puts the folder beside the bundled command. */
export const startupModules: ReadonlyMap<string, Buffer> = new Map(
  ['__init__.py', 'places.py'].map((name) => [
    name,
    readFileSync(new URL(`startup/${name}`, import.meta.url)),
  ]),
);

/** At the end of encodings/__init__.py, which is the first module that is not built in, nor frozen. */
const call = `
# Added by relopack, for a Python that was moved.
from ${startupPackage} import start

start()
del start
`;

/** encodings/__init__.py, changed so that it calls the start-up code. */
export function callStartup(encodings: Buffer): Buffer {
  return Buffer.concat([encodings, Buffer.from(call)]);
}
