import { basename, join } from 'node:path';
import { checksumPath, matchesChecksum } from '../archive/checksum.ts';
import { type Limits, limitsFor, unlimited } from '../archive/limits.ts';
import { unpack } from '../archive/unpack.ts';
import type { Log } from '../common/log.ts';
import { withTemporaryDirectory } from '../common/temporary-directory.ts';
import { type Manifest, manifestName } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { checkFiles } from './files.ts';
import { Choices } from './libraries/choices.ts';
import { checkLibraries } from './libraries/libraries.ts';
import { type Check, failed, type Origin, passed } from './outcome.ts';
import { start } from './start.ts';
import { Unpacked } from './unpacked.ts';

export interface VerifyOptions {
  /** Whether the packed Python is started. If not, nothing from the archive runs. */
  start: boolean;
  origin: Origin;
  /** The archive paths of the tests that this run left out. */
  tests?: readonly string[];
  /** Milliseconds that the import of one module may take. */
  maxSilence?: number;
}

/** The default for `maxSilence`. Five minutes are enough for any import on a slow machine. */
const importTime = 300_000;

/**
 * Unpacks an archive into a temporary directory and checks it. It must be complete, and its libraries must need no other
 * ones. Its Python must run: the requested modules import, children start, and no library of this machine is loaded.
 * If there is a checksum file, it is compared before anything is unpacked.
 *
 * Throws RelopackError 'verify-failed' with all problems of the first failed check, and the errors of `matchesChecksum`
 * and `unpack`.
 */
export async function verify(archive: string, options: VerifyOptions, log: Log): Promise<Check[]> {
  log.stage('Verifying');
  const checks = await withTemporaryDirectory('relopack-verify', (scratch) =>
    check(archive, options, scratch),
  );
  log.done(checks.map(({ detail }) => detail).join(', '));
  return checks;
}

async function check(archive: string, options: VerifyOptions, scratch: string): Promise<Check[]> {
  const { origin, tests = [], maxSilence = importTime } = options;
  const checksum = await checkChecksum(archive, origin);
  const directory = join(scratch, 'unpacked');
  // An archive that this run packed needs no limit: it contains what the host has.
  const limits = origin === 'packed' ? unlimited : limitsFor(archive);
  const entries = await unpack(archive, directory, limits);
  const unpacked = new Unpacked(directory, entries, limits);
  const manifest = unpackedManifest(unpacked, limits, origin);
  const files = passed(checkFiles(entries, manifest), origin);
  const choices = new Choices(unpacked, manifest);
  const libraries = passed(checkLibraries(unpacked, choices), origin);
  const started = options.start
    ? await start({ unpacked, scratch, manifest, choices, origin, tests, maxSilence })
    : [];
  return [...checksum, files, libraries, ...started];
}

/** The remedy if the archive and its checksum do not belong together. */
const otherFile = 'Do not use it. Download the archive and its checksum again, from the same run or release.';

async function checkChecksum(archive: string, origin: Origin): Promise<Check[]> {
  const name = basename(checksumPath(archive));
  const matches = await matchesChecksum(archive);
  if (matches === false) throw failed([`its SHA-256 digest is not the one in ${name}`], origin, otherFile);
  return matches === undefined ? [] : [{ name: 'checksum', detail: `as in ${name}` }];
}

function unpackedManifest(unpacked: Unpacked, { maxManifestSize }: Limits, origin: Origin): Manifest {
  const file = unpacked.find(manifestName);
  if (file === undefined) throw failed([`it has no ${manifestName}, so relopack did not make it`], origin);
  if (file.entry.size > maxManifestSize) {
    const problem = `its ${manifestName} has more than ${maxManifestSize} bytes, the limit for an archive of its size`;
    throw failed([problem], origin);
  }
  const manifest = readManifest(unpacked.place(file));
  if (manifest === undefined) throw failed([`relopack did not write its ${manifestName}`], origin);
  return manifest;
}
