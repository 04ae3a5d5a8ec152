import type { UnpackedEntry } from '../archive/write-entry.ts';
import { formatMode, type Manifest, type ManifestFile, manifestName } from '../manifest/manifest.ts';
import type { Outcome } from './outcome.ts';

/** The modes of the entries that the manifest does not list: directories that are not empty, and the manifest itself. */
const unlistedModes: Partial<Record<UnpackedEntry['type'], string>> = { directory: '0755', file: '0644' };

/** The permission of a file's owner to read it. Without it, only root could use the file. */
const ownerReads = 0o400;

/**
 * Compares the unpacked entries with the manifest's list: none missing, none added, each file with its digest and mode.
 */
export function checkFiles(entries: readonly UnpackedEntry[], manifest: Manifest): Outcome {
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const found = entries.map((entry) => ({ ...entry, path: belowTop(entry.path) }));
  const paths = new Set(found.filter(({ type }) => type !== 'directory').map(({ path }) => path));
  const directories = new Set(found.filter(({ type }) => type === 'directory').map(({ path }) => path));
  const empty = new Map((manifest.directories ?? []).map((directory) => [directory.path, directory]));
  const missing = [
    ...[...listed.keys()].filter((path) => !paths.has(path)),
    ...[...empty.keys()].filter((path) => !directories.has(path)),
  ].map((path) => `${path} is missing, though it is in the manifest`);
  return {
    name: 'files',
    detail: `${manifest.files.length} files as in the manifest`,
    problems: [
      ...found.flatMap((entry) => problemsOf(entry, listed.get(entry.path), empty.get(entry.path))),
      ...missing,
    ],
  };
}

/** The faults of one entry. `file` or `directory` is its description in the manifest, if it has one. */
function problemsOf(
  entry: UnpackedEntry,
  file: ManifestFile | undefined,
  directory: Pick<ManifestFile, 'mode'> | undefined,
): string[] {
  const { path, type, mode } = entry;
  const isUnlisted = type === 'directory' || path === manifestName;
  if (file === undefined && !isUnlisted) return [`${path} is not in the manifest`];
  if (file !== undefined && !isSame(entry, file)) return [`${path} is not what the manifest says`];
  // The mode of a symbolic link means nothing (symlink(7)).
  if (type === 'symlink') return [];
  const expected = file?.mode ?? directory?.mode ?? (file === undefined ? unlistedModes[type] : undefined);
  if (expected !== formatMode(mode)) {
    const wanted = file === undefined ? `not ${expected}` : `and ${expected ?? 'none'} in the manifest`;
    return [`${path} has mode ${formatMode(mode)}, ${wanted}`];
  }
  return (mode & ownerReads) === 0
    ? [`${path} has mode ${formatMode(mode)}, so its owner cannot read it`]
    : [];
}

function isSame({ type, sha256, target }: UnpackedEntry, file: ManifestFile): boolean {
  if (type !== file.type) return false;
  if (type === 'file') return sha256 === file.sha256;
  return (type === 'hardlink' ? belowTop(target) : target) === file.target;
}

/** The path without the archive's top folder, as the manifest has it. */
function belowTop(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}
