import { renameSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as core from '@actions/core';
import { orOutputError } from '../archive/output-error.ts';
import { RelopackError } from '../common/error.ts';
import { printableJson } from '../common/escape.ts';
import { withScratch } from '../common/scratch.ts';
import { formatManifest, manifestName } from '../manifest/manifest.ts';
import { planTable } from '../manifest/table.ts';
import { type Packed, pack } from '../pack.ts';
import { errorAnnotation } from './annotation.ts';
import {
  type Artifact,
  type ArtifactOptions,
  artifactName,
  uploadArtifact,
  withoutSuffix,
} from './artifact.ts';
import { readInputs } from './inputs.ts';
import { workflowLog } from './log.ts';
import { preflight } from './preflight.ts';
import { print } from './print.ts';
import { type Runner, readRunner } from './runner.ts';
import { summary } from './summary/summary.ts';

const log = workflowLog();

/** Runs one step of a workflow: inputs → archive → artifact → outputs and summary. */
async function main(): Promise<void> {
  const runner = readRunner(process.env);
  const { pack: options, artifact: artifactOptions } = readInputs({
    input: core.getInput,
    directory: runner.temp,
    sourceDateEpoch: process.env.SOURCE_DATE_EPOCH || undefined,
  });
  await preflight(options, artifactOptions, runner);
  const packed = await pack(options, log);
  await print.group('Packages', () => print.line(planTable(packed.manifest)));
  setArchiveOutputs(packed, await writeManifest(packed));
  const artifact = artifactOptions && (await upload(packed, artifactOptions, runner));
  if (artifact !== undefined) setArtifactOutputs(artifact);
  if (process.env.GITHUB_STEP_SUMMARY) {
    await core.summary.addRaw(summary(packed, basename(packed.path), artifact)).write();
  }
}

/** Writes the manifest beside the archive, for later steps to read. Returns its path. */
async function writeManifest({ path, manifest }: Packed): Promise<string> {
  const beside = `${withoutSuffix(path)}.${manifestName}`;
  await withScratch(dirname(beside), basename(beside), async (temporary) =>
    orOutputError(beside, () => {
      writeFileSync(temporary, formatManifest(manifest));
      renameSync(temporary, beside);
    }),
  );
  return beside;
}

/** Uploads the archive. The client's own progress goes into a group of the log, which is folded. */
async function upload(packed: Packed, options: ArtifactOptions, runner: Runner): Promise<Artifact> {
  const name = artifactName(packed.path, options);
  log.stage(`Uploading ${name}`);
  return await print.group(`Uploading ${name}`, () => uploadArtifact(packed, options, runner));
}

function setArchiveOutputs(packed: Packed, manifestPath: string): void {
  core.setOutput('path', packed.path);
  core.setOutput('sha256', packed.sha256);
  core.setOutput('size', packed.size);
  core.setOutput('unpacked-size', packed.unpackedSize);
  core.setOutput('python-version', packed.manifest.python.release);
  core.setOutput('arch', packed.manifest.arch);
  // A later step may print it.
  core.setOutput('packages', printableJson(packed.manifest.packages));
  core.setOutput('manifest-path', manifestPath);
}

function setArtifactOutputs(artifact: Artifact): void {
  log.done(artifact.url);
  core.setOutput('artifact-name', artifact.name);
  core.setOutput('artifact-id', artifact.id);
  core.setOutput('artifact-url', artifact.url);
  core.setOutput('artifact-digest', artifact.digest);
}

try {
  await main();
} catch (error) {
  log.abandon();
  process.exitCode = 1;
  if (error instanceof RelopackError) {
    const { title, message } = errorAnnotation(error);
    print.error(message, title);
    print.debug(`${error.stack}\n${error.cause ?? ''}`);
  } else {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    print.error(stack, 'This is a bug in relopack: please report it with this message');
  }
}
// A packed module can leave a program running that keeps the pipes of its streams open. Do not wait for it.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
