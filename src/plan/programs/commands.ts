import { sameIdentity } from '../../elf/identity.ts';
import { elfIdentityOf, isElfFile } from '../../host/elf-file.ts';
import { isExecutable } from '../../host/executable.ts';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { isPythonScript, scriptInterpreter } from '../../python/shebang.ts';
import { type Installed, isInstalled } from '../../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../../rpm/package.ts';
import { archivePath } from '../archive-path.ts';
import type { Entry } from '../entry.ts';
import type { Refusal } from '../files/worklist.ts';
import type { Reason } from '../reason.ts';
import { wrappedFiles } from './wrapped.ts';

/** The facts about the commands and scripts of the packed packages. */
interface Facts {
  installed: Installed;
  interpreter: Interpreter;
  packages: ReadonlyMap<InstalledPackage, Reason>;
  entries: readonly Entry[];
  /** The files of the packed packages that the rules leave out, by archive path. */
  refused: ReadonlyMap<string, Refusal>;
}

/** The place of a command in the archive. */
const command = /^(?:host\/.*\/)?bin\/[^/]+$/;

/** How many files one message names. */
const maxNamed = 5;

/** The messages about commands that are not packed, unless the user does not want any, and about scripts of no use. */
export function commandRemarks(facts: Facts, { scripts }: { scripts: boolean }): string[] {
  return [...(scripts ? missingCommands(facts) : []), ...foreignScripts(facts)];
}

/** A message for each requested package that has commands which are not packed, with the reason of each. */
function missingCommands({ installed, interpreter, packages, entries, refused }: Facts): string[] {
  const packed = new Set(entries.map(({ path }) => path));
  const isWanted = (path: string) =>
    command.test(path) && !packed.has(path) && !refused.get(path)?.reason.startsWith('excluded by');
  return [...packages].flatMap(([pkg, { kind }]) => {
    if (kind !== 'requested') return [];
    const left = new Map(
      pkg.files.filter(isInstalled).flatMap(({ path: file }) => {
        const host = installed.root.canonical(file);
        const path = host === undefined ? '' : archivePath(host, interpreter);
        return host === undefined || !isWanted(path) || installed.root.lstat(host)?.isDirectory()
          ? []
          : [[host, `${host} (${reasonOf(installed.root, interpreter, host)})`] as const];
      }),
    );
    if (left.size === 0) return [];
    return [`${pkg.name}: commands that are not packed: ${firstOf([...left.values()])}`];
  });
}

/** The reason why a command is not packed. */
function reasonOf(root: Root, interpreter: Interpreter, host: string): string {
  const real = root.resolve(host);
  if (real === undefined || root.stat(real) === undefined) return 'a link that leads to nothing';
  if (isElfFile(root, real)) {
    const isOwn = sameIdentity(elfIdentityOf(root, real), interpreter.identity);
    return isOwn ? 'a program outside of bin' : 'a program for another machine';
  }
  if (isPythonScript(root, interpreter, real)) return 'a Python script outside of bin';
  if (wrappedFiles(root, interpreter, real) !== undefined)
    return 'a script for sh that starts something that is not packed';
  const name = scriptInterpreter(root, real);
  return name === undefined ? 'neither a program nor a script' : `a script for ${name}`;
}

/**
 * A message for each package with packed scripts that need an interpreter of the machine. Each machine has sh. The
 * interpreter's own packages are left out: the standard library has scripts for csh and the like.
 */
function foreignScripts({ installed, packages, entries }: Facts): string[] {
  const { root } = installed;
  const names = new Map(
    [...packages].flatMap(([pkg, { kind }]) =>
      kind === 'interpreter' ? [] : [[nevra(pkg), pkg.name] as const],
    ),
  );
  const found = new Map<string, string[]>();
  for (const entry of entries) {
    if (entry.type !== 'file' || entry.source.kind !== 'host') continue;
    const owner = names.get(entry.package ?? '');
    const { host, relocation } = entry.source;
    if (owner === undefined || relocation.kind !== 'none' || !isExecutable(root, host)) continue;
    const name = scriptInterpreter(root, host);
    if (name !== undefined && name !== 'sh')
      found.set(owner, [...(found.get(owner) ?? []), `${entry.path} (${name})`]);
  }
  return [...found]
    .sort()
    .map(
      ([owner, scripts]) => `${owner}: scripts that need an interpreter of the machine: ${firstOf(scripts)}`,
    );
}

function firstOf(texts: readonly string[]): string {
  const more = texts.length - maxNamed;
  return [...texts.slice(0, maxNamed), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
