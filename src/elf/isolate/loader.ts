import { RelopackError } from '../../common/error.ts';
import { readImage } from '../image.ts';

/** Where a file would have to be inside a file: the kernel answers ENOTDIR, whatever the machine looks like. */
export const nowhere = '/dev/null/';

const soname = /^(ld-linux.*|ld64)\.so\.\d+$/;
const hostFiles = ['/etc/ld.so.cache', '/etc/ld.so.preload'];
/**
 * One of the directories of glibc's elf/dl-load.c `system_dirs`: `/lib64/`, `/usr/lib/TRIPLET/`. The compiler may
 * merge such a string with the tail of a longer one, so that no NUL need be before it.
 */
const systemDirectory = /(?:\/usr)?\/lib\w*\/(?:[\w.-]+\/)?(?=\0)/g;

/**
 * glibc's ld.so, changed so that it finds nothing of the host: neither ld.so.cache nor ld.so.preload nor the
 * built-in directories. Same length. A loader that is isolated already comes back as it is.
 * `name` is for messages. Throws RelopackError('loader-unsupported').
 */
export function isolateLoader(bytes: Buffer, name: string): Buffer {
  checkIdentity(bytes, name);
  if (hostFiles.every((path) => bytes.includes(`${closedFile(path)}\0`, 'latin1'))) return bytes;

  const isolated = Buffer.from(bytes);
  for (const path of hostFiles) {
    if (replaceAll(isolated, `${path}\0`, `${closedFile(path)}\0`) === 0)
      throw unsupported(name, `it never names ${path}`);
  }
  const directories = [...isolated.toString('latin1').matchAll(systemDirectory)];
  if (directories.length === 0) throw unsupported(name, 'it names no system directory');
  for (const { 0: directory, index } of directories)
    isolated.write(closedDirectory(directory), index, 'latin1');
  return isolated;
}

/** Whether this ld.so takes `--argv0` (glibc 2.33, or older with the option backported). */
export function loaderHasArgv0(bytes: Buffer): boolean {
  return bytes.includes('--argv0\0', 'latin1');
}

function checkIdentity(bytes: Buffer, name: string): void {
  let found: string | undefined;
  try {
    found = readImage(bytes, name).soname;
  } catch (error) {
    if (error instanceof RelopackError) throw unsupported(name, error.message, error);
    throw error;
  }
  if (found === undefined || !soname.test(found))
    throw unsupported(name, `its soname is ${found ?? 'missing'}`);
}

function closedFile(path: string): string {
  return nowhere + path.slice(nowhere.length);
}

/** dl-load.c asserts that the first byte is a slash; where /dev/null is too long, control characters are a name too. */
function closedDirectory(directory: string): string {
  if (directory.length >= nowhere.length) return nowhere.padEnd(directory.length, '/');
  return directory.replace(/[^/]/g, '\x01');
}

function replaceAll(bytes: Buffer, from: string, to: string): number {
  let count = 0;
  for (
    let at = bytes.indexOf(from, 0, 'latin1');
    at !== -1;
    at = bytes.indexOf(from, at + from.length, 'latin1')
  ) {
    bytes.write(to, at, 'latin1');
    count++;
  }
  return count;
}

function unsupported(name: string, what: string, cause?: RelopackError): RelopackError {
  return new RelopackError(
    'loader-unsupported',
    `${name} is not a loader that can be cut off from the host: ${what}`,
    'Pack on a distribution with glibc; if this is one, please report its version.',
    { cause },
  );
}
