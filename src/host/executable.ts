import type { Root } from './root.ts';

/** Whether a path leads to a regular file that its mode allows someone to start. */
export function isExecutable(root: Root, path: string): boolean {
  const stats = root.stat(path);
  return stats?.isFile() === true && (stats.mode & 0o111) !== 0;
}
