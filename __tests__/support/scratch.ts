import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let base: string | undefined;

/** A new directory, by its real path, that is gone when the process ends. Its name begins with `name`. */
export function scratch(name = 'relopack '): string {
  if (base === undefined) {
    const made = realpathSync(mkdtempSync(join(tmpdir(), 'relopack-test-')));
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
    base = made;
  }
  return mkdtempSync(join(base, name));
}
