import { posix } from 'node:path';
import { gzip } from './archive/gzip.ts';
import { type Output, writeOutput } from './archive/output.ts';
import { withParents } from './archive/parents.ts';
import { type TarEntry, tar } from './archive/tar.ts';
import { reportFindings } from './common/finding.ts';
import { megabytes } from './common/format-bytes.ts';
import type { Log } from './common/log.ts';
import { Root } from './host/root.ts';
import { describePlan, formatManifest, type Manifest } from './manifest/manifest.ts';
import { makePlan, type Plan, type PlanOptions } from './plan/plan.ts';
import { relocateEntries, type Written } from './relocate/entries.ts';
import { Installed } from './rpm/installed.ts';
import { readInstalled } from './rpm/read-database.ts';
import type { Check } from './verify/check.ts';
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
  /** What the finished archive has passed; none where it was not verified. */
  checks: Check[];
}

/** The whole job: read the host, plan, relocate, write, verify. */
export async function pack(options: PackOptions, log: Log): Promise<Packed> {
  const { plan, root } = await planHost(options, log);
  const prefix = options.prefix ?? defaultPrefix(plan);
  const path = options.output ?? posix.join(options.directory, `${prefix}.tar.gz`);
  const written: Written = { files: new Map(), changed: [] };
  let checks: Check[] = [];

  log.stage(`Packing ${plan.entries.length} files`);
  const entries = withParents(contents(plan, root, prefix, written), plan.mtime);
  const archive = gzip(tar(entries), { level: options.compressionLevel });
  const output = await writeOutput(path, archive, async (temporary) => {
    const changes = written.changed.map((changed) => ({
      severity: 'warning' as const,
      message: `${changed} is not as its package has it`,
    }));
    reportFindings(changes, options.strict, log);
    log.done(megabytes(sizeOf(written)));
    if (options.verify) checks = await verify(temporary, { start: true, origin: 'packed' }, log);
  });
  return {
    ...output,
    prefix,
    unpackedSize: sizeOf(written),
    manifest: describePlan(plan, written.files),
    checks,
  };
}

/** Reads the host and decides what is packed. It writes nothing. */
export async function planHost(options: HostOptions, log: Log): Promise<{ plan: Plan; root: Root }> {
  log.stage('Reading the RPM database');
  const root = new Root(options.root);
  const packages = await readInstalled({
    root,
    ...(options.dbpath === undefined ? {} : { dbpath: options.dbpath }),
  });
  log.done(`${packages.length} packages installed`);
  log.stage('Planning');
  const plan = await makePlan(new Installed(root, packages), options);
  reportFindings(plan.findings, options.strict, log);
  log.done(
    `Python ${plan.interpreter.release}, ${plan.packages.size} packages, ${plan.entries.length} files`,
  );
  return { plan, root };
}

/** `python3-VERSION-OSID-ARCH`: jobs of a matrix get different names. */
export function defaultPrefix({ interpreter, distribution }: Plan): string {
  return `python3-${interpreter.release}-${distribution.id}-${interpreter.package.arch}`;
}

/** All that goes in, the manifest last, since it has the digests of the rest. */
async function* contents(plan: Plan, root: Root, prefix: string, written: Written): AsyncGenerator<TarEntry> {
  yield* relocateEntries(plan.entries, root, prefix, written);
  const manifest = Buffer.from(formatManifest(describePlan(plan, written.files)));
  yield { type: 'file', path: `${prefix}/manifest.json`, mode: 0o644, mtime: plan.mtime, content: manifest };
}

function sizeOf({ files }: Written): number {
  return [...files.values()].reduce((sum, { size }) => sum + size, 0);
}
