import { type ElfIdentity, elfIdentity, identityBytes, isElf } from '../elf/identity.ts';
import type { Root } from './root.ts';

/** Whether a path leads to a regular file that begins as an ELF file does. It may be an ELF file for any machine. */
export function isElfFile(root: Root, path: string): boolean {
  return elfHead(root, path) !== undefined;
}

/** The kind of machine that the ELF file at a path is for. Undefined for any other file, or if there is none. */
export function elfIdentityOf(root: Root, path: string): ElfIdentity | undefined {
  const head = elfHead(root, path);
  return head && elfIdentity(head);
}

function elfHead(root: Root, path: string): Buffer | undefined {
  if (!root.stat(path)?.isFile()) return undefined;
  const head = root.head(path, identityBytes);
  return isElf(head) ? head : undefined;
}
