import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { download } from '../support/action/download.ts';
import { Job, metadata, type Step } from '../support/action/job.ts';
import { type Results, startResults } from '../support/action/results.ts';
import { foreignRoots, inRoot } from '../support/rpm-host/targets.ts';
import { run } from '../support/run.ts';

let results: Results;
let job: Job;
before(async () => {
  results = await startResults();
});
after(() => results?.stop());

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Unpacks an archive with busybox where there is nothing else, and starts what was in it. */
async function startIn(archive: string, name: string, prefix: string): Promise<string> {
  const { busybox } = await foreignRoots();
  const script = `cd /tmp && tar -xzf /down/${name} && ${prefix}/bin/python3 -c "$1"`;
  const python = 'import yaml, sys; print(yaml.dump({"python": sys.version_info[0]}), end="")';
  const { code, stdout, stderr } = await inRoot(busybox, ['/bin/sh', '-c', script, 'sh', python], {
    binds: { [archive]: '/down' },
    env: { PATH: '/bin' },
  });
  assert.equal(code, 0, stderr);
  return stdout.toString();
}

describe('a step that packs and uploads', { timeout: 900_000 }, () => {
  let step: Step;
  const name = 'python3-3.11.2-fedora37-x86_64';
  before(async () => {
    job = new Job(results.url);
    step = await job.relopack({ modules: 'pyyaml, requests' });
    assert.equal(step.code, 0, JSON.stringify(step, null, 1));
  });
  after(() => job?.remove());

  test('sets every output that action.yml names, and no other', () => {
    assert.deepEqual(Object.keys(step.outputs).sort(), Object.keys(metadata.outputs).sort());
  });

  test('writes the archive, its checksum and the manifest to RUNNER_TEMP, and leaves nothing else there', () => {
    const { path = '', 'manifest-path': manifest = '' } = step.outputs;
    assert.equal(path, `/__w/_temp/${name}.tar.gz`);
    assert.equal(manifest, `/__w/_temp/${name}.manifest.json`);
    assert.equal(sha256(job.onDisk(path)), step.outputs.sha256);
    const files = readdirSync(job.temp).filter((file) => !file.startsWith('_'));
    assert.deepEqual(files.sort(), [`${name}.manifest.json`, `${name}.tar.gz`, `${name}.tar.gz.sha256`]);
  });

  test('says in its outputs what is in the archive', async () => {
    const { path = '', size, arch } = step.outputs;
    const manifest = JSON.parse(readFileSync(job.onDisk(step.outputs['manifest-path'] ?? ''), 'utf8'));
    assert.deepEqual(JSON.parse(step.outputs.packages ?? ''), manifest.packages);
    assert.equal(Number(size), readFileSync(job.onDisk(path)).length);
    assert.equal(arch, 'x86_64');
    assert.equal(step.outputs['python-version'], '3.11.2');
    const { stdout } = await run('tar', ['-xzOf', job.onDisk(path), `${name}/manifest.json`]);
    assert.deepEqual(JSON.parse(stdout.toString()), manifest);
  });

  test('makes an artifact that is downloaded byte for byte and starts in a root that has nothing', async () => {
    assert.deepEqual(results.names(job.run), [name]);
    assert.equal(step.outputs['artifact-name'], name);
    assert.equal(
      step.outputs['artifact-url'],
      `https://github.com/app/app/actions/runs/${job.run}/artifacts/${step.outputs['artifact-id']}`,
    );
    const folder = await download(results, job, name);
    assert.deepEqual(readdirSync(folder).sort(), [`${name}.tar.gz`, `${name}.tar.gz.sha256`]);
    assert.equal(sha256(join(folder, `${name}.tar.gz`)), step.outputs.sha256);
    assert.equal(await startIn(folder, `${name}.tar.gz`, name), 'python: 3\n');
  });

  test('has a line in the log for each stage with its time, and folds the rest away', () => {
    const stages = step.log.filter((line) => /\(\d+\.\d s\)$/.test(line)).map((line) => line.split(':')[0]);
    assert.deepEqual(
      stages.map((stage) => stage?.replace(/\d+ files/, 'N files')),
      ['Reading the RPM database', 'Planning', 'Packing N files', 'Verifying', `Uploading ${name}`],
    );
    const groups = step.log.filter((line) => line.startsWith('::group::'));
    assert.deepEqual(groups, ['::group::Packages', `::group::Uploading ${name}`]);
    assert.equal(step.log.filter((line) => line === '::endgroup::').length, groups.length);
  });

  test('shows no error and no warning', () => {
    assert.deepEqual(step.shown, []);
  });

  test('shows on the page of the run what was packed, that it was checked, and where it is', () => {
    for (const part of [
      `## \`${name}.tar.gz\``,
      `<code>${step.outputs.sha256}</code>`,
      '✓ imports',
      `](${step.outputs['artifact-url']})`,
      '```mermaid\npie showData',
      '| `python3-pyyaml-',
      'requested as pyyaml',
    ]) {
      assert.ok(step.summary.includes(part), `${part} is not in\n${step.summary}`);
    }
  });

  test('may run again in the same workspace, and is refused the name of the artifact', async () => {
    const again = await job.relopack({ modules: 'pyyaml, requests' });
    assert.equal(again.code, 1);
    assert.equal(again.shown.length, 1);
    assert.equal(again.shown[0]?.title, 'The artifact cannot be uploaded');
    assert.match(
      again.shown[0]?.message ?? '',
      /^cannot upload artifact 'python3-[^']*': this run already has an artifact of this name \(CreateArtifact: HTTP 409 .*\)\nGive each job/,
    );
    assert.equal(again.outputs.sha256, step.outputs.sha256);
    assert.equal(again.outputs['artifact-id'], undefined);
  });

  test('replaces the artifact if it has to overwrite it', async () => {
    const again = await job.relopack({ modules: 'pyyaml', overwrite: 'true', verify: 'false' });
    assert.equal(again.code, 0, again.log.join('\n'));
    assert.notEqual(again.outputs['artifact-id'], step.outputs['artifact-id']);
    assert.deepEqual(results.names(job.run), [name]);
    const folder = await download(results, job, name);
    assert.equal(sha256(join(folder, `${name}.tar.gz`)), again.outputs.sha256);
  });
});

describe('a step that uploads the archive as it is', { timeout: 900_000 }, () => {
  test('makes an artifact of the name and the digest of the file', async () => {
    const plain = new Job(results.url);
    try {
      const inputs = {
        modules: 'pyyaml',
        'artifact-zip': 'false',
        output: 'python.tar.gz',
        prefix: 'python',
      };
      const step = await plain.relopack({ ...inputs, verify: 'false' });
      assert.equal(step.code, 0, step.log.join('\n'));
      assert.equal(step.outputs.path, '/__w/app/app/python.tar.gz');
      assert.equal(step.outputs['artifact-name'], 'python.tar.gz');
      assert.equal(step.outputs['artifact-digest'], step.outputs.sha256);
      const folder = await download(results, plain, 'python.tar.gz');
      assert.deepEqual(readdirSync(folder), ['python.tar.gz']);
      assert.equal(sha256(join(folder, 'python.tar.gz')), step.outputs.sha256);
      assert.equal(await startIn(folder, 'python.tar.gz', 'python'), 'python: 3\n');
    } finally {
      plain.remove();
    }
  });
});

describe('a step with an input or a job that is wrong', { timeout: 900_000 }, () => {
  const cases: {
    name: string;
    inputs: Record<string, string>;
    env?: Record<string, string>;
    shown: [string, RegExp];
  }[] = [
    {
      name: 'names the values that an input may have',
      inputs: { strict: 'maybe' },
      shown: ['An input is wrong', /^strict is 'maybe'\nAllowed values: true, false, yes, no\.$/],
    },
    {
      name: 'names the module that is not installed',
      inputs: { modules: 'pyyaml nosuchmodule' },
      shown: ['A module is not installed', /nosuchmodule/],
    },
    {
      name: 'prints no command of an input to the runner',
      inputs: { modules: '##[command]x ::error::y' },
      shown: ['A module is not installed', /^'## \[command\]x' is not installed .*; '::error::y' is not/],
    },
    {
      name: 'names the Pythons that are installed',
      inputs: { python: '3.6' },
      shown: ['The Python is not installed', /Python '3\.6' is not installed\nInstalled versions: 3\.11/],
    },
    {
      name: 'names the path of the RPM database, and asks for a container',
      inputs: { dbpath: '/nowhere' },
      shown: ['The RPM database cannot be read', /\/nowhere[\s\S]*container: fedora:latest\?$/],
    },
    {
      name: 'says before it packs that nothing can be uploaded',
      inputs: {},
      env: { ACTIONS_RUNTIME_TOKEN: '' },
      shown: ['The artifact cannot be uploaded', /ACTIONS_RUNTIME_TOKEN/],
    },
    {
      name: 'says before it packs that RUNNER_TEMP is missing',
      inputs: {},
      env: { RUNNER_TEMP: '/__w/missing' },
      shown: ['The archive cannot be written', /\/__w\/missing: its directory does not exist/],
    },
    {
      name: 'names inputs in the remedy, not options',
      inputs: { output: '/__w' },
      shown: ['The archive cannot be written', /is a directory\nGive the name of a file with 'output'\.$/],
    },
    {
      name: 'names inputs in the problem as well',
      inputs: { exclude: '**' },
      shown: ['An input is wrong', /^'exclude' leaves out \/usr\/bin\/python3\.11, /],
    },
  ];
  for (const {
    name,
    inputs,
    env = {},
    shown: [title, message],
  } of cases) {
    test(name, async () => {
      const failing = new Job(results.url);
      try {
        const step = await failing.relopack(inputs, { env });
        assert.equal(step.code, 1);
        assert.deepEqual(
          step.shown.map((shown) => [shown.level, shown.title]),
          [['error', title]],
        );
        assert.match(step.shown[0]?.message ?? '', message);
        assert.deepEqual(step.outputs, {});
        assert.deepEqual(
          readdirSync(failing.temp).filter((file) => !file.startsWith('_')),
          [],
        );
        assert.ok(!existsSync(join(failing.work, 'missing')));
      } finally {
        failing.remove();
      }
    });
  }
});
