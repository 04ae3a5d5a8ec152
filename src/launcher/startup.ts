import { readdirSync, readFileSync } from 'node:fs';

/** The package of the start-up code, as it is called in the standard library. */
export const startupPackage = '_relopack';

/** The folder of its modules. The build copies it beside the bundled command. */
const folder = new URL('startup/', import.meta.url);

/** Reads the modules of the start-up code: their bytes by path below the package, such as `patches/ssl.py`, sorted. */
export function readStartupModules(): ReadonlyMap<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.py'),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(new URL(path, folder))]));
}

/** The end of encodings/__init__.py, the first module of Python that is neither built in nor frozen. */
const call = `
# Added by relopack, for a Python that was moved.
from ${startupPackage} import start

start()
del start
`;

/** Adds the call of the start-up code to the text of encodings/__init__.py. */
export function callStartup(encodings: Buffer): Buffer {
  return Buffer.concat([encodings, Buffer.from(call)]);
}
