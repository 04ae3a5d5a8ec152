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

/** The line of site.py that leaves the decision about the user's own modules to the options and the user ids. */
const undecided = /^ENABLE_USER_SITE = None$/m;

/**
 * Decides in the text of site.py that the user's own modules are not used: neither ~/.local nor, on Fedora and RHEL,
 * /usr/local. That is the effect of Python's option -s, and main() and Fedora's patch 251 go by this variable. The line
 * is the same in Python 3.6 to 3.15. A text without it is returned as it is.
 */
export function disableUserSite(site: Buffer): Buffer {
  const text = site.toString('latin1').replace(undecided, 'ENABLE_USER_SITE = False');
  return Buffer.from(text, 'latin1');
}
