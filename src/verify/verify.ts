import { existsSync, readFileSync } from 'node:fs';
import { machine, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type UnpackedEntry, unpack } from '../archive/unpack.ts';
import { type Finished, run } from '../command.ts';
import { RelopackError, reason } from '../error.ts';
import type { Log } from '../log.ts';
import type { Manifest } from '../publish/manifest.ts';
import { withScratch } from '../scratch.ts';
import { matchesChecksum } from './checksum.ts';
import { checkLibraries } from './libraries.ts';
import { type Probed, probe } from './probe.ts';

const manifestName = 'manifest.json';

/** A name that may follow `import`, of a module or one in a package. */
const importable = /^[\p{L}_][\p{L}\p{N}_.]{0,255}$/u;

/** A check that was passed. */
export interface Check {
  name: 'checksum' | 'files' | 'libraries' | 'imports' | 'children' | 'isolation';
  detail: string;
}

/**
 * Unpacks an archive into a temporary directory and checks that it is whole, that it finds its libraries in itself,
 * and that its Python runs: the modules that were asked for import, children start, and nothing of this machine's
 * libraries gets mapped. Where its checksum lies beside it, that is compared before anything of it is unpacked.
 *
 * Throws RelopackError 'verify-failed' with all that is wrong, and what `matchesChecksum` and `unpack` throw.
 */
export async function verify(archive: string, log: Log): Promise<Check[]> {
  log.stage('Verifying');
  const checks = await withScratch(tmpdir(), 'relopack-verify', async (directory) => {
    const checksum = await checkChecksum(archive);
    const entries = await unpack(archive, directory);
    const top = join(directory, entries[0]?.path ?? '');
    const manifest = readManifest(top);
    const files = checkFiles(entries, manifest);
    return [...checksum, files, ...libraries(directory, entries), ...(await start(top, manifest))];
  });
  log.done(checks.map(({ detail }) => detail).join(', '));
  return checks;
}

async function checkChecksum(archive: string): Promise<Check[]> {
  const name = `${basename(archive)}.sha256`;
  const matches = await matchesChecksum(archive);
  if (matches === false) throw failed([`it is not the file that ${name} beside it is of`]);
  return matches === undefined ? [] : [{ name: 'checksum', detail: `as in ${name}` }];
}

/** An archive may come from anywhere: of its manifest only what has the form of one is believed. */
function readManifest(top: string): Manifest {
  const path = join(top, manifestName);
  if (!existsSync(path)) throw failed([`it has no ${manifestName}, so relopack did not make it`]);
  try {
    const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'));
    const files = new Set(manifest.files.map((file) => file.path));
    const imports = manifest.modules.flatMap((module) => [...module.imports]);
    const paths = [...files].every((path) => typeof path === 'string');
    const names = imports.every((name) => typeof name === 'string' && importable.test(name));
    if (paths && names && files.has(manifest.python.executable)) return manifest;
  } catch {}
  throw failed([`its ${manifestName} is not one that relopack writes`]);
}

/** What was unpacked is what the manifest lists: no more, no less, and each file with its digest. */
function checkFiles(entries: readonly UnpackedEntry[], manifest: Manifest): Check {
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
  if (wrong.length + missing.length > 0) throw failed([...wrong, ...missing]);
  return { name: 'files', detail: `${manifest.files.length} files as in the manifest` };
}

/** The manifest has paths below the top folder. */
function targetOf(type: UnpackedEntry['type'], target: string): string {
  return type === 'hardlink' ? target.slice(target.indexOf('/') + 1) : target;
}

function libraries(directory: string, entries: readonly UnpackedEntry[]): Check[] {
  const { files, unresolved } = checkLibraries(directory, entries);
  if (unresolved.length > 0) {
    throw failed(
      unresolved.map(({ path, soname }) => `${path} needs ${soname}, which is not in the archive`),
    );
  }
  return [{ name: 'libraries', detail: `${files} ELF files find their libraries` }];
}

async function start(top: string, manifest: Manifest): Promise<Check[]> {
  const modules = manifest.modules.flatMap(({ imports }) => imports);
  // Empty but for what commands need, so that nothing of this machine's set-up helps or hurts.
  const surroundings = { env: { PATH: '/usr/bin:/bin' }, cwd: dirname(top) };
  const python = join(top, manifest.python.executable);
  const finished = await run(python, ['-c', probe, ...modules], surroundings).catch((error: unknown) => {
    throw notStarted(error);
  });
  const probed = readProbed(finished, manifest);
  const wrong = [
    ...Object.entries(probed.failures).map(([name, error]) => `import ${name}: ${error}`),
    ...[probed.prefix, probed.executable, ...probed.path.filter((path) => path !== '')]
      .filter((path) => !isInside(path, top))
      .map((path) => `${path} is outside of the archive, but Python uses it`),
    ...(probed.system === '/' ? [] : [`a child process, /bin/ls: ${probed.system}`]),
    ...(probed.itself === probed.prefix ? [] : [`a child through sys.executable: ${probed.itself}`]),
    ...probed.mapped
      .filter((path) => !isInside(path, top))
      .map((path) => `${path} of this machine gets mapped`),
  ];
  if (wrong.length > 0) throw failed(wrong);
  return [
    { name: 'imports', detail: `${modules.length} modules import` },
    { name: 'children', detail: 'children start' },
    { name: 'isolation', detail: `all ${probed.mapped.length} mapped files lie inside` },
  ];
}

/** What the probe found; from an archive of anybody's, anything may come. */
function readProbed({ code, stdout, stderr }: Finished, { arch }: Manifest): Probed {
  const last = stderr.trim().split('\n').slice(-3).join('\n');
  if (code !== 0) {
    const elsewhere = arch === machine() ? '' : ` (it is for ${arch}, and this is ${machine()})`;
    throw failed([`the packed Python ends with exit code ${code}${elsewhere}: ${last}`]);
  }
  if (stdout.length === 0) throw failed(['the packed Python ended before it had told what it found']);
  try {
    const probed: Probed = JSON.parse(stdout.toString());
    const paths = [probed.prefix, probed.executable, ...probed.path, ...probed.mapped];
    if (Object.entries(probed.failures) && paths.every((path) => typeof path === 'string')) return probed;
  } catch {}
  throw failed([`the packed Python does not answer: ${last}`]);
}

function isInside(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`);
}

/** What is packed may be right all the same: hardened machines let nothing be started in /tmp. */
function notStarted(error: unknown): RelopackError {
  return new RelopackError(
    'verify-failed',
    `the packed Python can't be started in a temporary directory: ${reason(error)}`,
    'Where that is mounted with noexec, let TMPDIR name another directory. --no-verify writes the archive unchecked.',
    { cause: error },
  );
}

function failed(problems: string[]): RelopackError {
  const shown = problems.slice(0, 20);
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  return new RelopackError(
    'verify-failed',
    `the archive does not hold what it should: ${shown.join('; ')}`,
    'Do not use it. Where --exclude left out what is needed, change the globs; else fetch or pack it again, and report it with this message if it stays so.',
  );
}
