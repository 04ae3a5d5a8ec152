import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { matchesChecksum } from '../archive/checksum.ts';
import { type UnpackedEntry, unpack } from '../archive/unpack.ts';
import type { Log } from '../common/log.ts';
import { withTemporaryDirectory } from '../common/temporary-directory.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Check } from './check.ts';
import { failed, type Origin } from './failure.ts';
import { checkLibraries } from './libraries.ts';
import { start } from './start.ts';

const manifestName = 'manifest.json';

/** A name that may follow `import`, of a module or one in a package. */
const importable = /^[\p{L}_][\p{L}\p{N}_.]{0,255}$/u;

export interface VerifyOptions {
  /** Without it nothing of the archive is started. */
  start: boolean;
  origin: Origin;
  /** Milliseconds that the import of one module may take. */
  patience?: number;
}

/** Enough for any import on a slow machine. */
const fiveMinutes = 300_000;

/**
 * Unpacks an archive into a temporary directory and checks that it is whole, that it finds its libraries in itself,
 * and that its Python runs: the modules that were asked for import, children start, and nothing of this machine's
 * libraries gets mapped. Where its checksum lies beside it, that is compared before anything of it is unpacked.
 *
 * Throws RelopackError 'verify-failed' with all that is wrong, and what `matchesChecksum` and `unpack` throw.
 */
export async function verify(archive: string, options: VerifyOptions, log: Log): Promise<Check[]> {
  const { origin, patience = fiveMinutes } = options;
  log.stage('Verifying');
  const checks = await withTemporaryDirectory('relopack-verify', async (scratch) => {
    const checksum = await checkChecksum(archive, origin);
    const directory = join(scratch, 'unpacked');
    // How much there is in an archive of one's own is no surprise.
    const entries = await unpack(archive, directory, origin === 'packed' ? Infinity : undefined);
    const top = join(directory, entries[0]?.path ?? '');
    const manifest = readManifest(top, origin);
    const checks = [
      ...checksum,
      checkFiles(entries, manifest, origin),
      libraries(directory, entries, origin),
    ];
    return options.start
      ? [...checks, ...(await start({ top, scratch, manifest, origin, patience }))]
      : checks;
  });
  log.done(checks.map(({ detail }) => detail).join(', '));
  return checks;
}

async function checkChecksum(archive: string, origin: Origin): Promise<Check[]> {
  const name = `${basename(archive)}.sha256`;
  const matches = await matchesChecksum(archive);
  if (matches === false) throw failed([`it is not the file that ${name} beside it is of`], origin);
  return matches === undefined ? [] : [{ name: 'checksum', detail: `as in ${name}` }];
}

/** An archive may come from anywhere: of its manifest only what has the form of one is believed. */
function readManifest(top: string, origin: Origin): Manifest {
  const path = join(top, manifestName);
  if (!existsSync(path)) throw failed([`it has no ${manifestName}, so relopack did not make it`], origin);
  try {
    const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'));
    const files = new Set(manifest.files.map((file) => file.path));
    const imports = manifest.modules.flatMap((module) => [...module.imports]);
    const paths = [...files].every((path) => typeof path === 'string');
    const names = imports.every((name) => typeof name === 'string' && importable.test(name));
    if (paths && names && files.has(manifest.python.executable)) return manifest;
  } catch {}
  throw failed([`its ${manifestName} is not one that relopack writes`], origin);
}

/** What was unpacked is what the manifest lists: no more, no less, and each file with its digest. */
function checkFiles(entries: readonly UnpackedEntry[], manifest: Manifest, origin: Origin): Check {
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const found = entries
    .filter(({ type }) => type !== 'directory')
    .map((entry) => ({ ...entry, path: entry.path.slice(entry.path.indexOf('/') + 1) }));
  const wrong = found.flatMap(({ path, type, target, sha256 }) => {
    const file = listed.get(path);
    if (path === manifestName) return [];
    if (file === undefined) return [`${path} is not in the manifest`];
    listed.delete(path);
    const same = type === 'file' ? sha256 === file.sha256 : targetOf(type, target) === file.target;
    return type === file.type && same ? [] : [`${path} is not what the manifest says`];
  });
  const missing = [...listed.keys()].map((path) => `${path} is missing, though it is in the manifest`);
  if (wrong.length + missing.length > 0) throw failed([...wrong, ...missing], origin);
  return { name: 'files', detail: `${manifest.files.length} files as in the manifest` };
}

/** The manifest has paths below the top folder. */
function targetOf(type: UnpackedEntry['type'], target: string): string {
  return type === 'hardlink' ? target.slice(target.indexOf('/') + 1) : target;
}

function libraries(directory: string, entries: readonly UnpackedEntry[], origin: Origin): Check {
  const { files, unresolved, malformed } = checkLibraries(directory, entries);
  const missing = unresolved.map(
    ({ path, soname }) => `${path} needs ${soname}, which is not in the archive`,
  );
  if (malformed.length + missing.length > 0) throw failed([...malformed, ...missing], origin);
  return { name: 'libraries', detail: `${files} ELF files find their libraries` };
}
