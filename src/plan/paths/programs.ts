import { posix } from 'node:path';
import { readConstants } from '../../elf/parts/constants.ts';
import { isElfFile } from '../../host/elf-file.ts';
import type { Root } from '../../host/root.ts';
import { isPythonScript } from '../../python/shebang.ts';
import type { InstalledPackage } from '../../rpm/package.ts';
import { requiresOf } from '../closure/requires.ts';
import type { LibraryContext } from '../libraries/needed.ts';
import type { NativeFile } from '../native-file.ts';
import type { SelectedFile } from '../selected-file.ts';
import type { NamedPath } from './named-path.ts';

/** The directories of programs. */
const program = /^\/(?:usr\/|usr\/local\/)?(?:s?bin|libexec)\//;

/** Files that are loaded or read and not started, whatever their permissions are. */
const notStarted = /\.(?:py|so(?:\.[^/]*)?)$/;

/**
 * Whether a path is that of a program, or of a link to one. A packed process starts the machine's programs. `mode` is
 * that of the RPM database, if a package owns the file.
 */
export function isProgram(root: Root, host: string, mode?: number): boolean {
  const real = root.resolve(host) ?? host;
  if (program.test(real)) return true;
  const stats = root.stat(real);
  if (!stats?.isFile() || ((mode ?? stats.mode) & 0o111) === 0 || notStarted.test(real)) return false;
  return isElfFile(root, real) || root.head(real, 2).toString('latin1') === '#!';
}

/** Why a program is not packed, and what to do if the packed modules need it. */
export function whyNotPacked({ name }: InstalledPackage): string {
  return `a program: the machine must have it, or name ${name} as a MODULE`;
}

/**
 * The programs that packed packages Require and that their files name without a directory: gpg, ninja, ssh. A text counts
 * if it is the name alone, or begins with it and a space.
 */
export function namedPrograms(
  context: LibraryContext,
  files: ReadonlyMap<string, SelectedFile>,
  natives: ReadonlyMap<string, NativeFile>,
): NamedPath[] {
  const { installed } = context;
  const found = new Map<string, NamedPath>();
  for (const [pkg, own] of byPackage(files)) {
    const required = [...requiresOf(context, pkg, new Set())].map(({ provider }) => provider);
    const programs = new Map(required.flatMap(programsOf));
    for (const [name, by] of wordsIn(context, own, natives, [...programs.keys()])) {
      const { path, package: owner } = programs.get(name) ?? {};
      if (path === undefined || owner === undefined) continue;
      const isPacked = files.has(installed.root.canonical(path) ?? path);
      found.set(path, {
        path,
        by: [...(found.get(path)?.by ?? []), by],
        package: owner,
        ...(isPacked ? { status: 'packed' } : { status: 'not packed', why: whyNotPacked(owner) }),
      });
    }
  }
  return [...found.values()];
}

function byPackage(files: ReadonlyMap<string, SelectedFile>): Map<InstalledPackage, SelectedFile[]> {
  const packages = new Map<InstalledPackage, SelectedFile[]>();
  for (const file of files.values()) {
    if (file.owned === undefined || file.type !== 'file') continue;
    const own = packages.get(file.owned.package);
    if (own === undefined) packages.set(file.owned.package, [file]);
    else own.push(file);
  }
  return packages;
}

function programsOf(pkg: InstalledPackage): [name: string, { path: string; package: InstalledPackage }][] {
  return pkg.files
    .filter(({ path }) => /^\/(?:usr\/)?s?bin\/\w[^/]+$/.test(path))
    .map(({ path }) => [posix.basename(path), { path, package: pkg }]);
}

/** Which of these names the files contain as texts, each with the first file that does. */
function wordsIn(
  { installed: { root }, interpreter }: LibraryContext,
  files: readonly SelectedFile[],
  natives: ReadonlyMap<string, NativeFile>,
  names: readonly string[],
): Map<string, string> {
  const found = new Map<string, string>();
  if (names.length === 0) return found;
  const words = names.map((name) => name.replace(/[^\w]/g, '\\$&')).join('|');
  const inSource = new RegExp(`(?<=["'])(?:${words})(?=["' ])`, 'g');
  const inElf = new RegExp(`(?<=\\0)(?:${words})(?=[\\0 ])`, 'g');
  for (const { host, path } of files) {
    const isSource =
      path.endsWith('.py') || (posix.dirname(path) === 'bin' && isPythonScript(root, interpreter, host));
    const texts = natives.has(host)
      ? root.readParts(host, readConstants).map((part) => part.toString('latin1'))
      : isSource
        ? [root.read(host).toString('latin1')]
        : [];
    const matches = texts.flatMap((text) => [...text.matchAll(natives.has(host) ? inElf : inSource)]);
    for (const [name] of matches) if (!found.has(name)) found.set(name, host);
  }
  return found;
}
