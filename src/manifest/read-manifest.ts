import { readFileSync } from 'node:fs';
import type { Manifest, ManifestFile } from './manifest.ts';

/** A name that can follow `import`: a module, or a module in a package. */
const importable = /^[\p{L}_][\p{L}\p{N}_.]{0,255}$/u;

/** A version and an architecture that are safe in a command and in a message. */
const wordOf = { version: /^\d{1,4}\.\d{1,4}$/, arch: /^\w{1,64}$/ };

/**
 * Reads the manifest of an archive that may come from anywhere. Undefined if it cannot be read, or relopack did not
 * write it. Only the parts that verification uses as paths and names, or prints, are checked: files, imports, version and
 * architecture, the directories of libraries, and that the Python executable and all needed libraries are among the files.
 */
export function readManifest(path: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (!isObject(value) || !isObject(value.python)) return false;
  const { files, directories = [], modules, python, arch, libraryDirectories = [] } = value;
  if (!isListOf(directories, isFile)) return false;
  if (!isLike(python.version, wordOf.version) || !isLike(arch, wordOf.arch)) return false;
  if (!isListOf(files, isFile) || !isListOf(modules, isModule)) return false;
  const paths = new Set(files.map(({ path }) => path));
  return (
    files.some(({ path }) => path === python.executable) &&
    files.every(({ needs = {}, launcher }) =>
      [...Object.values(needs), launcher].every((path) => path === undefined || paths.has(path)),
    ) &&
    isListOf(libraryDirectories, isDirectory)
  );
}

type CheckedFile = Pick<ManifestFile, 'path' | 'launcher' | 'needs' | 'data' | 'missing'>;

function isFile(value: unknown): value is CheckedFile {
  if (!isObject(value)) return false;
  const { path, launcher = '', needs = {}, data = '', missing = [] } = value;
  return (
    [path, launcher, data].every(isString) &&
    isObject(needs) &&
    Object.values(needs).every(isString) &&
    isListOf(missing, isString)
  );
}

/** Whether it is a path below the top folder. */
function isDirectory(value: unknown): value is string {
  return isString(value) && !`/${value}/`.includes('/../') && !value.startsWith('/');
}

function isLike(value: unknown, pattern: RegExp): boolean {
  return isString(value) && pattern.test(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isModule(value: unknown): value is { imports: string[] } {
  return isObject(value) && isListOf(value.imports, isImportable);
}

function isImportable(value: unknown): value is string {
  return typeof value === 'string' && importable.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(isItem);
}
