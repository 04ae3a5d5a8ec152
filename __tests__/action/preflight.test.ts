import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readInputs } from '../../src/action/inputs.ts';
import { preflight } from '../../src/action/preflight.ts';
import { readRunner } from '../../src/action/runner.ts';
import { RelopackError } from '../../src/common/error.ts';
import { variables } from '../support/action/service.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
writeFileSync(join(directory, 'file'), '');
const strange = join(scratch(), '##[error]');
mkdirSync(strange);

interface Situation {
  inputs?: Record<string, string>;
  env?: NodeJS.ProcessEnv;
  /** Below the test's directory. */
  temp?: string;
  platform?: NodeJS.Platform;
}

function check({ inputs = {}, env = variables, temp = '', platform = 'linux' }: Situation): Promise<void> {
  const read = readInputs({
    input: (name) => inputs[name] ?? '',
    directory: join(directory, temp),
    sourceDateEpoch: undefined,
  });
  return preflight(read.pack, read.artifact, readRunner(env), platform);
}

describe('before anything is read', () => {
  const passes: ({ name: string } & Situation)[] = [
    { name: 'a job on github.com passes' },
    { name: 'a job on a ghe.com passes', env: { ...variables, GITHUB_SERVER_URL: 'https://acme.ghe.com' } },
    { name: 'nothing of the service is asked for without an upload', inputs: { upload: 'false' }, env: {} },
    { name: 'a given name passes', inputs: { 'artifact-name': 'my python (x86_64)' } },
  ];
  for (const { name, ...situation } of passes) {
    test(name, async () => {
      await check(situation);
      assert.deepEqual(readdirSync(directory), ['file']);
    });
  }

  const fails: ({ name: string; code: string; message: RegExp; remedy: RegExp } & Situation)[] = [
    {
      name: 'macOS is refused',
      platform: 'darwin',
      code: 'unsupported-host',
      message: /the runner's system is darwin/,
      remedy: /runs-on: ubuntu-latest, container: fedora:latest/,
    },
    {
      name: 'a directory that is not there is refused',
      temp: 'nowhere',
      code: 'output',
      message: /cannot write .*nowhere: its directory does not exist/,
      remedy: /Create the directory/,
    },
    {
      name: 'a directory that is a file is refused',
      inputs: { output: '/dev/null/python3.tar.gz' },
      code: 'output',
      message: /cannot write \/dev\/null: a part of its path is not a directory/,
      remedy: /another path/,
    },
    {
      name: 'a file of outputs that is not there is refused',
      env: { ...variables, GITHUB_OUTPUT: '/nowhere/output' },
      code: 'unsupported-host',
      message: /GITHUB_OUTPUT is \/nowhere\/output, and this step cannot read and write that file/,
      remedy: /create the file or unset the variable/,
    },
    {
      name: 'a file of summaries that is not there is refused',
      env: { ...variables, GITHUB_STEP_SUMMARY: '/nowhere/summary' },
      code: 'unsupported-host',
      message: /GITHUB_STEP_SUMMARY is \/nowhere\/summary/,
      remedy: /create the file or unset the variable/,
    },
    {
      name: 'a missing token is refused',
      env: { ...variables, ACTIONS_RUNTIME_TOKEN: '' },
      code: 'upload',
      message: /ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set/,
      remedy: /upload: false/,
    },
    {
      name: 'GitHub Enterprise Server is refused',
      env: { ...variables, GITHUB_SERVER_URL: 'https://github.acme.com' },
      code: 'upload',
      message: /https:\/\/github\.acme\.com is a GitHub Enterprise Server/,
      remedy: /actions\/upload-artifact@v3/,
    },
    {
      name: 'an artifact name with a slash is refused',
      inputs: { 'artifact-name': 'a/b' },
      code: 'usage',
      message: /artifact-name is 'a\/b': the name of an artifact cannot contain "\/"$/,
      remedy: /Allowed are/,
    },
    {
      name: 'a prefix that makes no artifact name is refused',
      inputs: { prefix: 'python:3' },
      code: 'usage',
      message: /prefix is 'python:3'/,
      remedy: /Allowed are/,
    },
    {
      name: 'an output that makes no artifact name is refused, though the artifact has another',
      inputs: { output: 'python?.tar.gz', 'artifact-name': 'python' },
      code: 'usage',
      message: /the file name of output is 'python\?\.tar\.gz'/,
      remedy: /Allowed are/,
    },
    {
      name: 'an artifact name with a command to the runner is refused, as the client prints it',
      inputs: { 'artifact-name': 'a ##[error]b' },
      code: 'usage',
      message: /^artifact-name is 'a ##\[error\]b', which is unsafe to print in the log of a workflow$/,
      remedy: /Leave out control characters and ##\[/,
    },
    {
      name: 'an output in a directory with a command to the runner is refused',
      inputs: { output: join(strange, 'python.tar.gz') },
      code: 'usage',
      message: /^output is .*unsafe to print/,
      remedy: /Leave out/,
    },
    {
      name: 'a prefix with a control character is refused',
      inputs: { prefix: 'a\u001b[31m' },
      code: 'usage',
      message: /^prefix is .*unsafe to print/,
      remedy: /Leave out/,
    },
  ];
  for (const { name, code, message, remedy, ...situation } of fails) {
    test(name, async () => {
      await assert.rejects(check(situation), (error) => {
        assert.ok(error instanceof RelopackError, String(error));
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.match(error.remedy, remedy);
        return true;
      });
    });
  }
});
