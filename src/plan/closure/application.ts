import { isElfFile } from '../../host/elf-file.ts';
import { isPythonScript } from '../../python/shebang.ts';
import { isInstalled } from '../../rpm/installed.ts';
import { FileFlag, type InstalledFile, type InstalledPackage } from '../../rpm/package.ts';
import type { PythonHost } from './requires.ts';

/** The directories of programs. Elsewhere an executable file is data for another program. */
const programs = /^(?:\/usr(?:\/local)?)?\/(?:s?bin|libexec)\//;

/** The file types in st_mode (inode(7)). */
const typeBits = 0o170000;
const regularType = 0o100000;

/**
 * Whether a package without files of this Python belongs to the requested application: it was built from the same source
 * as a requested package, or it has only data and Python files. A shell or a system service does not belong to it.
 */
export function isApplication(
  host: PythonHost,
  pkg: InstalledPackage,
  requested: readonly InstalledPackage[],
): boolean {
  const isSibling = pkg.sourceRpm !== '' && requested.some(({ sourceRpm }) => sourceRpm === pkg.sourceRpm);
  return isSibling || isDataAndPython(host, pkg);
}

/** Whether a package has files, and all of them are data and Python files. */
export function isDataAndPython(host: PythonHost, pkg: InstalledPackage): boolean {
  const files = pkg.files.filter(isOwnContent);
  return files.length > 0 && files.every((file) => isDataOrPython(host, file));
}

/**
 * Whether a package has a command that is a link to the interpreter, such as EL8's python36 beside platform-python. It
 * requires pip for its users, and not for an application.
 */
export function namesInterpreter(
  { installed: { root }, interpreter }: PythonHost,
  pkg: InstalledPackage,
): boolean {
  const commands = pkg.files.filter(({ path }) => /\/bin\/python[^/]*$/.test(path));
  return commands.some(({ path }) => root.resolve(path) === interpreter.path);
}

function isOwnContent(file: InstalledFile): boolean {
  const ignored = FileFlag.doc | FileFlag.license | FileFlag.ghost | FileFlag.artifact;
  return isInstalled(file) && (file.mode & typeBits) === regularType && (file.flags & ignored) === 0;
}

function isDataOrPython({ installed: { root }, interpreter }: PythonHost, file: InstalledFile): boolean {
  const host = root.canonical(file.path);
  if (host === undefined || isElfFile(root, host)) return false;
  return !programs.test(file.path) || isPythonScript(root, interpreter, host);
}
