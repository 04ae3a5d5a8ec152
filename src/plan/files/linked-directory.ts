import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';

/** Directories that have no end, or contain the whole system. */
const system = /^\/(?:[^/]*|(?:proc|sys|dev|run)\/.*)$/;

/** The directories of modules. Those that no packed package owns are not packed. */
const modules = /\/python\d+\.\d+(?:\/(?:site-packages|lib-dynload))?$/;

/**
 * The canonical host paths of all that is in a directory that a link leads to: files, links, and empty directories.
 *
 * It is empty if `link` is in the directory itself, and for a directory that all packages share, such as /usr/share. A
 * link to one of these only leads to the files that are packed anyway.
 */
export function linkedFiles(
  root: Root,
  { prefix }: Interpreter,
  directory: string,
  link: string,
): readonly string[] {
  const parents = ['/usr', '/usr/local', '/var', prefix];
  const isShared =
    system.test(directory) || modules.test(directory) || parents.includes(posix.dirname(directory));
  return isShared || link.startsWith(`${directory}/`) ? [] : filesBelow(root, directory);
}

function filesBelow(root: Root, directory: string): string[] {
  const names = root.list(directory);
  if (names.length === 0) return [directory];
  return names.flatMap((name) => {
    const path = `${directory}/${name}`;
    return root.lstat(path)?.isDirectory() ? filesBelow(root, path) : [path];
  });
}
