import { RelopackError } from '../../common/error.ts';
import { readImage } from '../image.ts';
import { closedDirectory, closedPath } from './closed-path.ts';

const loaderSoname = /^(ld-linux.*|ld64)\.so\.\d+$/;
const hostFiles = ['/etc/ld.so.cache', '/etc/ld.so.preload'];
/**
 * A directory of `system_dirs` in glibc's elf/dl-load.c: `/lib64/`, `/usr/lib/TRIPLET/`. The compiler may merge such a
 * string into the end of a longer one, so the byte before it may be any.
 */
const systemDirectory = /(?:\/usr)?\/lib\w*\/(?:[\w.-]+\/)?(?=\0)/g;

/**
 * Returns a copy of glibc's ld.so that finds nothing on the host: no ld.so.cache, no ld.so.preload, and no built-in
 * directory. The length stays the same. Returns `bytes` itself if it is isolated already.
 * `name` is the file's name in errors. Throws RelopackError('loader-unsupported').
 */
export function isolateLoader(bytes: Buffer, name: string): Buffer {
  checkSoname(bytes, name);
  if (hostFiles.every((path) => bytes.includes(`${closedPath(path)}\0`, 'latin1'))) return bytes;

  const isolated = Buffer.from(bytes);
  for (const path of hostFiles) {
    if (!bytes.includes(`${path}\0`, 'latin1')) throw unsupported(name, `it does not contain ${path}`);
    writeAll(isolated, `${path}\0`, `${closedPath(path)}\0`);
  }
  const directories = [...isolated.toString('latin1').matchAll(systemDirectory)];
  if (directories.length === 0) throw unsupported(name, 'it contains no system directory');
  for (const { 0: directory, index } of directories)
    isolated.write(closedDirectory(directory), index, 'latin1');
  return isolated;
}

/** Whether this ld.so knows the option `--argv0`: glibc 2.33, or an older one with a backport. */
export function loaderHasArgv0(bytes: Buffer): boolean {
  return bytes.includes('--argv0\0', 'latin1');
}

function checkSoname(bytes: Buffer, name: string): void {
  let found: string | undefined;
  try {
    // The error becomes the problem of another one, which has the file's name already.
    found = readImage(bytes, 'it').soname;
  } catch (error) {
    if (error instanceof RelopackError) throw unsupported(name, error.message, error);
    throw error;
  }
  if (found === undefined || !loaderSoname.test(found))
    throw unsupported(name, `its soname is ${found ?? 'missing'}`);
}

/** Writes `to` over each `from`. Both have the same length. */
function writeAll(edited: Buffer, from: string, to: string): void {
  for (
    let at = edited.indexOf(from, 0, 'latin1');
    at !== -1;
    at = edited.indexOf(from, at + from.length, 'latin1')
  ) {
    edited.write(to, at, 'latin1');
  }
}

/** `problem` is a clause about the file. */
function unsupported(name: string, problem: string, cause?: RelopackError): RelopackError {
  return new RelopackError(
    'loader-unsupported',
    `${name} is not a supported ld.so: ${problem}`,
    'Pack on a distribution with glibc. If this is one, please report its name and version.',
    { cause },
  );
}
