import { gzip } from '../archive/gzip.ts';
import { type WrittenFile, writeNewFile } from '../archive/output.ts';
import { withParents } from '../archive/parents.ts';
import { type TarEntry, tar } from '../archive/tar.ts';
import type { Finding } from '../common/finding.ts';
import type { Root } from '../host/root.ts';
import { describePlan, formatManifest, type Manifest, manifestName } from '../manifest/manifest.ts';
import type { Plan } from '../plan/plan.ts';
import { type RelocatedFile, relocateEntries } from './entries.ts';

/** An archive under its temporary name. */
export interface WrittenArchive extends WrittenFile {
  /** Bytes of all files after unpacking. */
  unpackedSize: number;
  manifest: Manifest;
  /** The files of the host that were changed. */
  findings: Finding[];
}

export interface ArchiveOptions {
  /** The top folder of the archive. */
  prefix: string;
  compressionLevel: number;
  /** The final path, for errors. */
  path: string;
}

/**
 * Relocates the planned files and writes them as an archive to a temporary name. The manifest is the last entry, since
 * it contains the digests of all others.
 *
 * Throws what `relocateEntries` throws, and RelopackError 'output' if the file system refuses.
 */
export async function writeArchive(
  temporary: string,
  plan: Plan,
  root: Root,
  { prefix, compressionLevel, path }: ArchiveOptions,
): Promise<WrittenArchive> {
  const files: RelocatedFile[] = [];
  async function* entries(): AsyncGenerator<TarEntry> {
    for (const { tarEntry, file } of relocateEntries(plan.entries, root, prefix)) {
      if (file !== undefined) files.push(file);
      yield tarEntry;
    }
    yield manifestEntry(describeFiles(plan, files), prefix, plan.mtime);
  }
  const archive = gzip(tar(withParents(entries(), plan.mtime)), { level: compressionLevel });
  const written = await writeNewFile(temporary, archive, path);
  return {
    ...written,
    unpackedSize: files.reduce((sum, { size }) => sum + size, 0),
    manifest: describeFiles(plan, files),
    findings: files.filter(({ changed }) => changed).map(changedFile),
  };
}

function describeFiles(plan: Plan, files: readonly RelocatedFile[]): Manifest {
  return describePlan(plan, new Map(files.map(({ path, size, sha256 }) => [path, { size, sha256 }])));
}

function manifestEntry(manifest: Manifest, prefix: string, mtime: number): TarEntry {
  const content = Buffer.from(formatManifest(manifest));
  return { type: 'file', path: `${prefix}/${manifestName}`, mode: 0o644, mtime, content };
}

function changedFile({ path }: RelocatedFile): Finding {
  return { severity: 'warning', message: `${path} was changed since its package was installed` };
}
