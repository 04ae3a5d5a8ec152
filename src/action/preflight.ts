import { accessSync, constants, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { orOutputError } from '../archive/output-error.ts';
import { RelopackError } from '../common/error.ts';
import { withScratch } from '../common/scratch.ts';
import type { PackOptions } from '../pack.ts';
import { type ArtifactOptions, checkArtifactName } from './artifact.ts';
import { isEnterpriseServer, type Runner } from './runner.ts';

/**
 * Finds out what would make the job fail at its end, before it begins: another system than Linux, a directory that
 * can't be written to, outputs that can't be set, an upload that can't be. That rpm, its database and the Python are there, packing asks first.
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
      `this runner is ${platform}, and relopack packs from an RPM system`,
      'Let the job run on Linux in a container: runs-on: ubuntu-latest, container: fedora:latest',
    );
  }
  const directory = options.output === undefined ? options.directory : dirname(options.output);
  await withScratch(directory, 'relopack-preflight', async (path) =>
    orOutputError(directory, () => writeFileSync(path, 'relopack')),
  );
  for (const [name, path] of runner.commandFiles) checkCommandFile(name, path);
  if (artifact !== undefined) checkUpload(options, artifact, runner);
}

/** The runner makes the file before the step begins; whoever starts the action by hand may have forgotten it. */
function checkCommandFile(name: string, path: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw new RelopackError(
      'unsupported-host',
      `${name} is ${path}, and this step can't read and write that file`,
      'In a container, runner and step have to see the same directory; by hand, create the file or unset the variable.',
      { cause },
    );
  }
}

function checkUpload({ output, prefix }: PackOptions, { name }: ArtifactOptions, runner: Runner): void {
  if (isEnterpriseServer(runner)) {
    throw new RelopackError(
      'upload',
      `${runner.serverUrl} is a GitHub Enterprise Server, and they have no artifact service of this version`,
      'Set upload: false, and take the archive from outputs.path with actions/upload-artifact@v3.',
    );
  }
  if (!runner.mayUpload) {
    throw new RelopackError(
      'upload',
      'ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set, so nothing can be uploaded from here',
      'Only steps with uses: have them. Where no runner of GitHub starts this action, set upload: false.',
    );
  }
  if (name !== undefined) checkArtifactName(name, 'artifact-name');
  if (output !== undefined) checkArtifactName(basename(output), 'the file name of output');
  else if (prefix !== undefined) checkArtifactName(prefix, 'prefix');
}
