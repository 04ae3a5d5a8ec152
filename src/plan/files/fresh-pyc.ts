import type { Root } from '../../host/root.ts';
import { bytecodeHeaderSize, isFresh } from '../../python/pyc.ts';
import { hasDigest } from '../../rpm/digest.ts';
import type { Installed, OwnedFile } from '../../rpm/installed.ts';

/**
 * Returns the header of a .pyc if it is fresh, and undefined if it is stale. Python compares the mtime and size in the
 * header with those of the source. It is fresh if they are those of the source on the disk.
 *
 * It is also fresh if they are those of the source in the RPM database. Both files then must have their digests from
 * there. This is for OSTree and reproducible images, where all files have the same mtime: there, Python itself ignores
 * all bytecode.
 */
export function freshHeader(installed: Installed, path: string, source: string): Buffer | undefined {
  const stats = installed.root.stat(source);
  if (stats === undefined) return undefined;
  const header = installed.root.head(path, bytecodeHeaderSize);
  if (isFresh(header, stats)) return header;
  const [own, other] = [path, source].map((one) => installed.owner(one));
  if (own === undefined || other === undefined || own.package !== other.package) return undefined;
  const recorded = { mtimeMs: other.file.mtime * 1000, size: other.file.size };
  if (!isFresh(header, recorded)) return undefined;
  return [own, other].every((one) => isUnchanged(installed.root, one)) ? header : undefined;
}

/** Whether a file has its digest in the RPM database. */
function isUnchanged(root: Root, { package: pkg, file }: OwnedFile): boolean {
  const algorithm = pkg.digestAlgorithm;
  if (algorithm === undefined || file.digest === '') return false;
  return hasDigest(root.read(file.path), { algorithm, hex: file.digest });
}
