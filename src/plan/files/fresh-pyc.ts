import { hasDigest } from '../../common/digest.ts';
import type { Root } from '../../host/root.ts';
import { bytecodeHeaderSize, isFresh } from '../../python/pyc.ts';
import type { Installed, Owned } from '../../rpm/installed.ts';

/**
 * The header of a .pyc that is of its source: as both are on the disk, by time and size, as Python goes by it; or as both were
 * installed, where neither was changed since but in its times. An image that is to be reproducible, and OSTree in any
 * case, gives all files one time, so that Python itself passes all bytecode over there.
 */
export function headerOfSource(installed: Installed, path: string, source: string): Buffer | undefined {
  const stats = installed.root.stat(source);
  if (stats === undefined) return undefined;
  const header = installed.root.head(path, bytecodeHeaderSize);
  if (isFresh(header, stats)) return header;
  const [own, other] = [path, source].map((one) => installed.owner(one));
  if (own === undefined || other === undefined || own.package !== other.package) return undefined;
  const recorded = { mtimeMs: other.file.mtime * 1000, size: other.file.size };
  if (!isFresh(header, recorded)) return undefined;
  return [own, other].every((one) => isAsInstalled(installed.root, one)) ? header : undefined;
}

/** Whether a file has the digest that the database has of it. */
function isAsInstalled(root: Root, { package: pkg, file }: Owned): boolean {
  const algorithm = pkg.digestAlgorithm;
  if (algorithm === undefined || file.digest === '') return false;
  return hasDigest(root.read(file.path), { algorithm, hex: file.digest });
}
