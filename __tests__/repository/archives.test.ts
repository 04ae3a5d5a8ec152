import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import type { Workflow } from '../support/readme.ts';
import { type ProcessResult, run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const file = join(import.meta.dirname, '../../.github/workflows/archives.yml');
const workflow: Workflow = parse(readFileSync(file, 'utf8'));
const directory = scratch();

interface Case {
  name: string;
  env?: Record<string, string>;
  /** The texts of files in the step's directory, by path. */
  files?: Record<string, string>;
}

/** Runs a script of the workflow as GitHub's runner does for a step that names no shell. */
async function runStep(
  job: string,
  named: string,
  { env = {}, files = {} }: Omit<Case, 'name'>,
): Promise<ProcessResult & { cwd: string; output: string }> {
  const step = workflow.jobs[job]?.steps?.find(({ id, name }) => id === named || name === named);
  assert.ok(step?.run !== undefined, `${job} has a script ${named}`);
  const cwd = mkdtempSync(join(directory, 'step-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const [script, written] = [join(directory, 'step.sh'), join(cwd, '.output')];
  writeFileSync(script, step.run);
  const done = await run('bash', ['-e', script], {
    cwd,
    env: { PATH: process.env.PATH ?? '', GITHUB_OUTPUT: written, ...env },
  });
  return { ...done, cwd, output: existsSync(written) ? readFileSync(written, 'utf8') : '' };
}

describe('the matrix of archives.yml', () => {
  const given = (IMAGES: string, PYTHONS: string, ARCHITECTURES: string) => ({
    IMAGES,
    PYTHONS,
    ARCHITECTURES,
  });

  const accepted = [
    {
      name: 'has one job for one image, Python and architecture',
      env: given('fedora:latest', 'python3', 'x86_64'),
      arch: ['x86_64'],
      artifacts: ['relopack-fedora-latest-python3-x86_64'],
    },
    {
      name: 'has each combination once, with any separators and with repeated words',
      env: given(' fedora:42,almalinux:9\n', 'python3', 'x86_64  aarch64 x86_64'),
      arch: ['aarch64', 'x86_64'],
      artifacts: [
        'relopack-almalinux-9-python3-aarch64',
        'relopack-almalinux-9-python3-x86_64',
        'relopack-fedora-42-python3-aarch64',
        'relopack-fedora-42-python3-x86_64',
      ],
    },
    {
      name: 'has different artifact names for two images of one distribution and for two names of one Python',
      env: given(
        'redhat/ubi9 quay.io/almalinux/almalinux:9-minimal@sha256:0a',
        'python3 python3.9',
        'x86_64',
      ),
      arch: ['x86_64'],
      artifacts: [
        'relopack-quay.io-almalinux-almalinux-9-minimal-sha256-0a-python3-x86_64',
        'relopack-quay.io-almalinux-almalinux-9-minimal-sha256-0a-python3.9-x86_64',
        'relopack-redhat-ubi9-python3-x86_64',
        'relopack-redhat-ubi9-python3.9-x86_64',
      ],
    },
  ];
  for (const { name, env, arch, artifacts } of accepted) {
    test(name, async () => {
      const { code, stderr, output } = await runStep('matrix', 'matrix', { env });
      assert.equal(code, 0, stderr);
      const [, json = ''] = /^matrix=(.*)\n$/.exec(output) ?? [];
      const matrix: { arch: string[]; include: Record<string, string>[] } = JSON.parse(json);
      assert.deepEqual(matrix.arch, arch);
      assert.deepEqual(matrix.include.map(({ artifact }) => artifact).sort(), artifacts);
      for (const entry of matrix.include)
        assert.deepEqual(Object.keys(entry).sort(), ['arch', 'artifact', 'image', 'python']);
    });
  }

  const refused = [
    {
      name: 'refuses an architecture that has no runner',
      env: given('fedora:latest', 'python3', 'arm64'),
      says: '::error::architectures contains arm64. Allowed are: x86_64 and aarch64.',
    },
    {
      name: 'refuses it beside one that has a runner',
      env: given('fedora:latest', 'python3', 'x86_64 arm64 s390x'),
      says: '::error::architectures contains arm64 s390x. Allowed are: x86_64 and aarch64.',
    },
    {
      name: 'refuses an empty list of images',
      env: given('', 'python3', 'x86_64'),
      says: '::error::images is empty',
    },
    {
      name: 'refuses an empty list of Pythons',
      env: given('fedora:latest', ' ,\n', 'x86_64'),
      says: '::error::pythons is empty',
    },
    {
      name: 'refuses an empty list of architectures',
      env: given('fedora:latest', 'python3', ''),
      says: '::error::architectures is empty',
    },
  ];
  for (const { name, env, says } of refused) {
    test(name, async () => {
      const { code, stderr, output } = await runStep('matrix', 'matrix', { env });
      assert.notEqual(code, 0);
      assert.equal(stderr, `${says}\n`);
      assert.equal(output, '');
    });
  }
});

describe('verify of archives.yml', () => {
  const gathers = 'Gather the archives';
  const starts = 'Start each archive in each image';
  /** An archive and its checksum, as `printf %s TEXT | sha256sum` prints it. */
  const archive = (artifact: string, text: 'one' | 'two') => ({
    [`artifacts/${artifact}/python3-x86_64.tar.gz`]: text,
    [`artifacts/${artifact}/python3-x86_64.tar.gz.sha256`]: `${sums[text]}  python3-x86_64.tar.gz\n`,
  });
  const sums = {
    one: '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
    two: '3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',
  };

  test('accepts two archives of one name that are identical', async () => {
    const files = { ...archive('relopack-a', 'one'), ...archive('relopack-b', 'one') };
    const { code, stdout, cwd } = await runStep('verify', gathers, { files });
    assert.equal(code, 0, stdout.toString());
    assert.equal(readFileSync(join(cwd, 'python3-x86_64.tar.gz'), 'utf8'), 'one');
  });

  test('refuses two archives of one name that differ', async () => {
    const files = { ...archive('relopack-a', 'one'), ...archive('relopack-b', 'two') };
    const { code, stdout } = await runStep('verify', gathers, { files });
    assert.notEqual(code, 0);
    assert.match(
      stdout.toString(),
      /^::error::Two jobs made different archives named python3-x86_64\.tar\.gz\. /m,
    );
  });

  test('refuses an archive that differs from its checksum', async () => {
    const files = { ...archive('relopack-a', 'one'), 'artifacts/relopack-a/python3-x86_64.tar.gz': 'two' };
    assert.notEqual((await runStep('verify', gathers, { files })).code, 0);
  });

  test('fails if there is no archive for an architecture', async () => {
    const { code, stdout } = await runStep('verify', starts, {
      env: { IMAGES: 'fedora:latest', ARCH: 'aarch64' },
      files: { 'python3-x86_64.tar.gz': 'one' },
    });
    assert.notEqual(code, 0);
    assert.equal(stdout.toString(), '::error::There is no archive for aarch64.\n');
  });
});
