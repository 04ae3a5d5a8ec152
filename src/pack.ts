import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { gzip } from './archive/gzip.ts';
import { type Output, writeOutput } from './archive/output.ts';
import { parentDirectories } from './archive/parents.ts';
import { type TarEntry, tar } from './archive/tar.ts';
import { RelopackError } from './error.ts';
import { Installed } from './host/installed.ts';
import { Root } from './host/root.ts';
import { readInstalled } from './host/rpm.ts';
import type { Log } from './log.ts';
import { makePlan, type Plan, type PlanOptions } from './plan/plan.ts';
import { addStartup } from './plan/startup.ts';
import { describePlan, formatManifest, type Manifest, type WrittenFile } from './publish/manifest.ts';
import { readContent } from './relocate/content.ts';
import { verify } from './verify/verify.ts';

export interface HostOptions extends PlanOptions {
  /** The root of the host that is packed. */
  root: string;
  dbpath?: string;
  /** Whether a warning about the host's files is an error. */
  strict: boolean;
}

export interface PackOptions extends HostOptions {
  /** The path of the archive; where absent, its top folder's name in `directory`. */
  output?: string;
  directory: string;
  /** The one top folder of the archive. */
  prefix?: string;
  compressionLevel: number;
  verify: boolean;
}

/** What has been packed. */
export interface Packed extends Output {
  prefix: string;
  /** Bytes of all files when unpacked. */
  unpackedSize: number;
  manifest: Manifest;
}

/** The whole job: read the host, plan, relocate, write, verify. */
export async function pack(options: PackOptions, log: Log): Promise<Packed> {
  const { plan, root } = await planHost(options, log);
  const prefix = options.prefix ?? defaultPrefix(plan);
  const path = options.output ?? posix.join(options.directory, `${prefix}.tar.gz`);
  const written = new Map<string, WrittenFile>();
  const changed: string[] = [];

  log.stage(`Packing ${plan.entries.length} files`);
  const entries = archiveEntries(plan, root, prefix, written, changed);
  const archive = gzip(tar(entries), { level: options.compressionLevel });
  const output = await writeOutput(path, archive, async (temporary) => {
    warnOrRefuse(changed, 'file-changed', options.strict, log);
    log.done(`${written.size} files`);
    if (options.verify) await verify(temporary, log);
  });
  const unpackedSize = [...written.values()].reduce((sum, { size }) => sum + size, 0);
  return { ...output, prefix, unpackedSize, manifest: describePlan(plan, written) };
}

/** Reads what is installed and decides what would go in; writes nothing. */
export async function planHost(options: HostOptions, log: Log): Promise<{ plan: Plan; root: Root }> {
  log.stage('Reading the RPM database');
  const root = new Root(options.root);
  const packages = await readInstalled({
    root,
    ...(options.dbpath === undefined ? {} : { dbpath: options.dbpath }),
  });
  log.done(`${packages.length} packages installed`);
  log.stage('Planning');
  const decided = makePlan(new Installed(root, packages), options);
  const { entries, compiled } = await addStartup(decided.entries, root, decided.interpreter);
  const plan = { ...decided, entries };
  if (!compiled) {
    log.warn(
      'this machine can not run the Python that is packed, so its start-up code goes in without bytecode',
    );
  }
  warnOrRefuse(plan.warnings, 'file-changed', options.strict, log);
  log.done(
    `Python ${plan.interpreter.release}, ${plan.packages.size} packages, ${plan.entries.length} files`,
  );
  return { plan, root };
}

/** `python3-VERSION-OSID-ARCH`: jobs of a matrix get different names. */
export function defaultPrefix({ interpreter, distribution }: Plan): string {
  return `python3-${interpreter.release}-${distribution.id}-${interpreter.package.arch}`;
}

/** Reads, relocates and hands on one file after the other; the manifest comes last, since it has their digests. */
async function* archiveEntries(
  plan: Plan,
  root: Root,
  prefix: string,
  written: Map<string, WrittenFile>,
  changed: string[],
): AsyncGenerator<TarEntry> {
  const newest = Math.max(...plan.entries.map(({ mtime }) => mtime));
  const directories = parentDirectories(plan.entries.map(({ path }) => `${prefix}/${path}`));
  let next = 0;
  for (const entry of plan.entries) {
    const path = `${prefix}/${entry.path}`;
    for (
      let directory = directories[next];
      directory !== undefined && directory < path;
      directory = directories[next]
    ) {
      yield { type: 'directory', path: directory, mode: 0o755, mtime: newest };
      next++;
    }
    if (entry.type === 'file') {
      const { bytes, changed: differs } = readContent(root, entry.source);
      if (differs) changed.push(`${entry.path} is not as ${entry.package} has it`);
      written.set(entry.path, {
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      yield { type: 'file', path, mode: entry.mode, mtime: entry.mtime, content: bytes };
    } else if (entry.type === 'hardlink') {
      yield {
        type: 'hardlink',
        path,
        mode: entry.mode,
        mtime: entry.mtime,
        target: `${prefix}/${entry.target}`,
      };
    } else if (entry.type === 'symlink') {
      yield { type: 'symlink', path, mtime: entry.mtime, target: entry.target };
    }
  }
  const manifest = Buffer.from(formatManifest(describePlan(plan, written)));
  yield { type: 'file', path: `${prefix}/manifest.json`, mode: 0o644, mtime: newest, content: manifest };
}

function warnOrRefuse(messages: readonly string[], code: 'file-changed', strict: boolean, log: Log): void {
  if (strict && messages.length > 0) {
    throw new RelopackError(code, messages.join('; '), 'Reinstall what owns them, or pack without --strict.');
  }
  for (const message of messages) log.warn(message);
}
