import { RelopackError } from '../../common/error.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { isInstalled, type OwnedFile } from '../../rpm/installed.ts';
import type { InstalledPackage } from '../../rpm/package.ts';
import { archivePath } from '../archive-path.ts';
import type { Rules } from '../files/rules.ts';
import type { LibraryContext } from '../libraries/needed.ts';
import { machineReason } from './machine.ts';
import { isProgram, whyNotPacked } from './programs.ts';
import { sameSource } from './related.ts';

/** The facts that the decisions depend on. */
export interface DecisionContext extends LibraryContext {
  rules: Rules;
  /** See `requiredData`. */
  required: ReadonlySet<InstalledPackage>;
}

/** What is packed because a file names a path, or why nothing is. */
export type Decision =
  /** Canonical host paths of files, links and empty directories. */
  | { files: readonly string[] }
  | { status: 'not packed' | 'machine'; why: string }
  /** The path tells nothing: a directory that all packages share, or one of Python itself. */
  | undefined;

/** Directories with the files of many packages, which nobody reads as a whole. */
const shared = /^(?:\/(?:usr|usr\/local|var|opt))?(?:\/[^/]*)?$/;

/**
 * Decides about a path that a file of a package names. What it leads to is packed if it belongs to the file's own package,
 * to one that was built from the same source package, or to one that packed packages Require, see `requiredData`.
 *
 * Of a directory all such files are packed: a program lists it, or looks for a file whose name it makes. Configuration in
 * /etc belongs to an application if the application's own package has it. Programs are not packed for this, as
 * only the machine's are started.
 */
export function decide(context: DecisionContext, path: string, by: InstalledPackage | undefined): Decision {
  const { installed, interpreter, required } = context;
  const { root } = installed;
  const real = root.resolve(path);
  if (real === undefined || real === interpreter.path || real === interpreter.loader) return undefined;
  const machine = machineReason(path) ?? machineReason(real);
  if (machine !== undefined) return { status: 'machine', why: machine };
  if (isPythons(real, interpreter)) return undefined;
  const isDirectory = root.stat(real)?.isDirectory() ?? false;
  if (isDirectory && isShared(context, real)) return undefined;
  const owner = ownerOf(context, path);
  const isRelated = ({ package: pkg }: OwnedFile) => {
    const isOwn = by !== undefined && sameSource(by, pkg);
    return isOwn || (required.has(pkg) && !real.startsWith('/etc/'));
  };
  if (isProgram(root, real)) return owner && { status: 'not packed', why: whyNotPacked(owner.package) };
  if (isDirectory) {
    const files = filesBelow(context, real, isRelated);
    if (files.length > 0) return { files };
  }
  if (owner === undefined) return { status: 'not packed', why: 'it belongs to no RPM package' };
  if (!isRelated(owner)) return { status: 'not packed', why: unrelated(real, owner, required) };
  const canonical = root.canonical(path) ?? real;
  return admits(context, real, owner)
    ? { files: [canonical] }
    : { status: 'not packed', why: 'not used at run time, or excluded' };
}

/** The package of the path itself, or of its target if it is a link that no package owns. */
function ownerOf({ installed }: DecisionContext, path: string): OwnedFile | undefined {
  const real = installed.root.resolve(path);
  return installed.owner(path) ?? (real === undefined ? undefined : installed.owner(real));
}

/** Whether a path is that of Python's own directories. Its packages decide what is packed of them. */
function isPythons(real: string, { stdlib, version }: Interpreter): boolean {
  if (`${real}/`.startsWith(`${stdlib}/`)) return !/\/site-packages\/./.test(real);
  return real.endsWith(`/python${version}`) || real.endsWith(`/python${version}/site-packages`);
}

/**
 * Whether a directory is shared by all packages: a standard one, or one of the package that has /usr. That package
 * (`filesystem`, everywhere) only makes directories for the others.
 */
function isShared({ installed, search }: DecisionContext, real: string): boolean {
  if (shared.test(real) || search.directories.includes(real)) return true;
  const makes = installed.owner('/usr')?.package;
  return makes !== undefined && installed.owner(real)?.package === makes;
}

function filesBelow(
  context: DecisionContext,
  directory: string,
  isRelated: (owned: OwnedFile) => boolean,
): string[] {
  const { root } = context.installed;
  return listed(context, directory).flatMap((name) => {
    const path = `${directory}/${name}`;
    if (root.lstat(path)?.isDirectory()) return filesBelow(context, path, isRelated);
    const owned = context.installed.owner(path);
    return owned !== undefined && isRelated(owned) && admits(context, path, owned) ? [path] : [];
  });
}

/** The names in a directory; none if this user may not read it. */
function listed({ installed: { root } }: DecisionContext, directory: string): string[] {
  try {
    return root.list(directory);
  } catch (error) {
    if (error instanceof RelopackError) return [];
    throw error;
  }
}

function admits(
  { installed: { root }, rules, interpreter }: DecisionContext,
  host: string,
  { file }: OwnedFile,
): boolean {
  return (
    isInstalled(file) &&
    rules.admitsNamed(archivePath(host, interpreter), file) &&
    !isProgram(root, host, file.mode)
  );
}

function unrelated(
  real: string,
  { package: pkg }: OwnedFile,
  required: ReadonlySet<InstalledPackage>,
): string {
  if (real.startsWith('/etc/') && required.has(pkg)) return 'configuration of another package';
  return `no packed package Requires ${pkg.name} for its data`;
}
