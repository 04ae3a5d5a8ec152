import type { UnpackedEntry } from '../archive/write-entry.ts';
import { type Manifest, type ManifestFile, manifestName } from '../manifest/manifest.ts';
import type { Outcome } from './outcome.ts';

/** Compares the unpacked entries with the manifest's list: none missing, none added, each file with its digest. */
export function checkFiles(entries: readonly UnpackedEntry[], manifest: Manifest): Outcome {
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const found = entries
    .filter(({ type }) => type !== 'directory')
    .map((entry) => ({ ...entry, path: belowTop(entry.path) }))
    .filter(({ path }) => path !== manifestName);
  const paths = new Set(found.map(({ path }) => path));
  const wrong = found.flatMap((entry) => {
    const file = listed.get(entry.path);
    if (file === undefined) return [`${entry.path} is not in the manifest`];
    return isSame(entry, file) ? [] : [`${entry.path} is not what the manifest says`];
  });
  const directories = new Set(
    entries.filter(({ type }) => type === 'directory').map(({ path }) => belowTop(path)),
  );
  const empty = (manifest.directories ?? []).map(({ path }) => path);
  const missing = [
    ...[...listed.keys()].filter((path) => !paths.has(path)),
    ...empty.filter((path) => !directories.has(path)),
  ].map((path) => `${path} is missing, though it is in the manifest`);
  return {
    name: 'files',
    detail: `${manifest.files.length} files as in the manifest`,
    problems: [...wrong, ...missing],
  };
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
