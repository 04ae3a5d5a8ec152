import { posix } from 'node:path';
import { type Output, withOutput } from './archive/output.ts';
import { reportFindings } from './common/finding.ts';
import { megabytes } from './common/format-bytes.ts';
import type { Log } from './common/log.ts';
import { openRoot, type Root } from './host/root.ts';
import type { Manifest } from './manifest/manifest.ts';
import { testReason } from './plan/files/rules.ts';
import { makePlan, type Plan, type PlanOptions } from './plan/plan.ts';
import { writeArchive } from './relocate/write-archive.ts';
import { correctStates } from './rpm/file-states.ts';
import { Installed } from './rpm/installed.ts';
import { readInstalled } from './rpm/read-database.ts';
import type { Check } from './verify/outcome.ts';
import { verify } from './verify/verify.ts';

export interface HostOptions extends PlanOptions {
  /** The root of the host that is packed. */
  root: string;
  dbpath?: string;
  /** Whether a warning about the host's files is an error. */
  strict: boolean;
}

export interface PackOptions extends HostOptions {
  /** The path of the archive. By default it is in `directory`, named after the top folder. */
  output?: string;
  directory: string;
  /** The top folder of the archive. */
  prefix?: string;
  compressionLevel: number;
  verify: boolean;
}

/** A finished archive. */
export interface Packed extends Output {
  prefix: string;
  /** Bytes of all files after unpacking. */
  unpackedSize: number;
  manifest: Manifest;
  /** The checks that the archive passed; none if it was not verified. */
  checks: Check[];
}

/** The whole job: reads the host, plans, writes the archive under a temporary name, verifies it, and names it. */
export async function pack(options: PackOptions, log: Log): Promise<Packed> {
  const { plan, root } = await planHost(options, log);
  const { strict, compressionLevel, prefix = defaultPrefix(plan) } = options;
  const path = posix.resolve(options.output ?? posix.join(options.directory, `${prefix}.tar.gz`));

  const tests = plan.notPacked.filter(({ reason }) => reason === testReason).map(({ path: test }) => test);
  log.stage(`Packing ${plan.entries.length} files`);
  return await withOutput(
    path,
    async (temporary) => {
      const written = await writeArchive(temporary, plan, root, { prefix, compressionLevel, path });
      const { size, sha256, unpackedSize, manifest, findings } = written;
      reportFindings(findings, strict, log);
      log.done(megabytes(unpackedSize));
      return { size, sha256, prefix, unpackedSize, manifest };
    },
    async (temporary) => ({
      checks: options.verify ? await verify(temporary, { start: true, origin: 'packed', tests }, log) : [],
    }),
  );
}

/** Reads the host and decides what is packed. It writes nothing. */
export async function planHost(options: HostOptions, log: Log): Promise<{ plan: Plan; root: Root }> {
  log.stage('Reading the RPM database');
  const root = openRoot(options.root);
  const packages = await readInstalled({
    root,
    log,
    ...(options.dbpath === undefined ? {} : { dbpath: options.dbpath }),
  });
  log.done(`${packages.length} packages installed`);
  log.stage('Planning');
  const { installed, findings } = correctStates(new Installed(root, packages));
  const plan = await makePlan(installed, options);
  reportFindings([...findings, ...plan.findings], options.strict, log);
  log.done(
    `Python ${plan.interpreter.release}, ${plan.packages.size} packages, ${plan.entries.length} files`,
  );
  return { plan, root };
}

/**
 * `python3-VERSION-OSID-ARCH`, so the jobs of a matrix get different names. It is the name of a file and of an artifact,
 * so other characters in the fields of a package are left out.
 */
export function defaultPrefix({ interpreter, distribution }: Plan): string {
  const words = ['python3', interpreter.release, distribution.id, interpreter.package.arch];
  return words.join('-').replace(/[^\w.+-]/g, '');
}
