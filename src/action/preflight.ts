import { accessSync, constants, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { orOutputError } from '../archive/output-error.ts';
import { RelopackError } from '../common/error.ts';
import { withScratch } from '../common/scratch.ts';
import type { PackOptions } from '../pack.ts';
import { type ArtifactOptions, checkArtifactName, checkPrintable } from './artifact.ts';
import { isEnterpriseServer, type Runner } from './runner.ts';

/**
 * Checks before the job whether it would fail at its end. It checks the system, the directory, the outputs and the
 * upload. Packing itself begins with the checks for rpm, its database and the Python.
 *
 * Throws RelopackError.
 */
export async function preflight(
  options: PackOptions,
  artifact: ArtifactOptions | undefined,
  runner: Runner,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  if (platform !== 'linux') {
    throw new RelopackError(
      'unsupported-host',
      `the runner's system is ${platform}, and relopack needs an RPM distribution of Linux`,
      'Run the job on Linux in a container: runs-on: ubuntu-latest, container: fedora:latest',
    );
  }
  const directory = options.output === undefined ? options.directory : dirname(options.output);
  await withScratch(directory, 'relopack-preflight', async (path) =>
    orOutputError(directory, () => writeFileSync(path, 'relopack')),
  );
  for (const [name, path] of runner.commandFiles) checkCommandFile(name, path);
  if (artifact !== undefined) checkUpload(options, artifact, runner);
}

/** The runner makes the file before the step begins. It can be missing if the action is started by hand. */
function checkCommandFile(name: string, path: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw new RelopackError(
      'unsupported-host',
      `${name} is ${path}, and this step cannot read and write that file`,
      'In a container, mount the directory that the runner uses. If you start the action by hand, create the file or unset the variable.',
      { cause },
    );
  }
}

function checkUpload({ output, prefix }: PackOptions, { name }: ArtifactOptions, runner: Runner): void {
  if (isEnterpriseServer(runner)) {
    throw new RelopackError(
      'upload',
      `${runner.serverUrl} is a GitHub Enterprise Server, which does not have the artifact service that relopack uploads to`,
      'Set upload: false, and upload outputs.path with actions/upload-artifact@v3.',
    );
  }
  if (!runner.mayUpload) {
    throw new RelopackError(
      'upload',
      'ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set, so this step cannot upload anything',
      "GitHub's runner sets them for steps with uses:. If something else starts this action, set upload: false.",
    );
  }
  if (name !== undefined) checkArtifactName(name, 'artifact-name');
  if (output !== undefined) checkPrintable(output, 'output');
  if (output !== undefined) checkArtifactName(basename(output), 'the file name of output');
  else if (prefix !== undefined) checkArtifactName(prefix, 'prefix');
}
