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
interface WrittenArchive extends WrittenFile {
  /** Bytes of all files after unpacking. */
  unpackedSize: number;
  manifest: Manifest;
  /** The files of the host that were changed. */
  findings: Finding[];
}

interface ArchiveOptions {
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
 * Throws the errors of `relocateEntries`, and RelopackError 'output' if the file system refuses.
 */
export async function writeArchive(
  temporary: string,
  plan: Plan,
  root: Root,
  { prefix, compressionLevel, path }: ArchiveOptions,
): Promise<WrittenArchive> {
  const entries = new WithResult(archiveEntries(plan, root, prefix));
  const archive = gzip(tar(withParents(entries, plan.mtime)), { level: compressionLevel });
  const written = await writeNewFile(temporary, archive, path);
  const { files, manifest } = entries.result;
  return {
    ...written,
    unpackedSize: files.reduce((sum, { size }) => sum + size, 0),
    manifest,
    findings: files.filter(({ changed }) => changed).map(changedFile),
  };
}

/** The relocated files, and the manifest that describes them. */
interface Relocated {
  files: RelocatedFile[];
  manifest: Manifest;
}

/** The entries of the archive, each made when it is requested. */
async function* archiveEntries(plan: Plan, root: Root, prefix: string): AsyncGenerator<TarEntry, Relocated> {
  const files: RelocatedFile[] = [];
  for (const { tarEntry, file } of relocateEntries(plan.entries, root, prefix)) {
    if (file !== undefined) files.push(file);
    yield tarEntry;
  }
  const contents = files.map(({ path, size, sha256 }) => [path, { size, sha256 }] as const);
  const manifest = describePlan(plan, new Map(contents));
  yield manifestEntry(manifest, prefix, plan.mtime);
  return { files, manifest };
}

/** The items of a generator. They are consumed elsewhere, and then its return value is here. */
class WithResult<T, R> implements AsyncIterable<T> {
  readonly #source: AsyncGenerator<T, R>;
  #returned: { value: R } | undefined;

  constructor(source: AsyncGenerator<T, R>) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    this.#returned = { value: yield* this.#source };
  }

  get result(): R {
    if (this.#returned === undefined) throw new Error('the generator has not come to its end');
    return this.#returned.value;
  }
}

function manifestEntry(manifest: Manifest, prefix: string, mtime: number): TarEntry {
  const content = Buffer.from(formatManifest(manifest));
  return { type: 'file', path: `${prefix}/${manifestName}`, mode: 0o644, mtime, content };
}

function changedFile({ path }: RelocatedFile): Finding {
  return { severity: 'warning', message: `${path} was changed since its package was installed` };
}
