import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Inputs, readInputs } from '../../src/action/inputs.ts';
import { RelopackError } from '../../src/common/error.ts';

function read(inputs: Record<string, string>): Inputs {
  return readInputs({
    input: (name) => inputs[name] ?? '',
    directory: '/__w/_temp',
    sourceDateEpoch: undefined,
  });
}

describe('the inputs of the action', () => {
  test('have the defaults of the command, and an upload as a zip', () => {
    const { pack, artifact } = read({});
    assert.deepEqual(artifact, { zip: true, overwrite: false });
    assert.deepEqual(pack.modules, []);
    assert.equal(pack.python, 'python3');
    assert.equal(pack.directory, '/__w/_temp');
    assert.equal(pack.output, undefined);
  });

  for (const modules of [
    'pyyaml requests',
    'pyyaml,requests',
    'pyyaml, requests,',
    '\n  pyyaml\n\n  requests\n',
  ]) {
    test(`modules can be separated as in ${JSON.stringify(modules)}`, () => {
      assert.deepEqual(read({ modules }).pack.modules, ['pyyaml', 'requests']);
    });
  }

  test('globs are one per line, and an include is an exception from an exclude', () => {
    assert.deepEqual(read({ include: 'a b/**\n', exclude: '\n c/**\nd' }).pack.globs, [
      { kind: 'exclude', pattern: 'c/**' },
      { kind: 'exclude', pattern: 'd' },
      { kind: 'include', pattern: 'a b/**' },
    ]);
  });

  test('upload: false asks for no artifact', () => {
    assert.equal(read({ upload: 'false', 'retention-days': 'x' }).artifact, undefined);
  });

  test('the inputs about the artifact are read', () => {
    const inputs = { 'artifact-name': 'mine', 'retention-days': '5', overwrite: 'true' };
    assert.deepEqual(read(inputs).artifact, { zip: true, overwrite: true, name: 'mine', retentionDays: 5 });
    assert.deepEqual(read({ 'artifact-zip': 'false' }).artifact, { zip: false, overwrite: false });
  });

  const refused: { inputs: Record<string, string>; message: string; remedy: string }[] = [
    {
      inputs: { upload: 'maybe' },
      message: "upload is 'maybe'",
      remedy: 'Allowed values: true, false, yes, no.',
    },
    {
      inputs: { 'artifact-zip': '1' },
      message: "artifact-zip is '1'",
      remedy: 'Allowed values: true, false, yes, no.',
    },
    {
      inputs: { overwrite: 'force' },
      message: "overwrite is 'force'",
      remedy: 'Allowed values: true, false, yes, no.',
    },
    {
      inputs: { 'retention-days': '0' },
      message: "retention-days is '0'",
      remedy: 'Allowed values: whole numbers from 1 to 400.',
    },
    {
      inputs: { 'retention-days': '401' },
      message: "retention-days is '401'",
      remedy: 'Allowed values: whole numbers from 1 to 400.',
    },
    {
      inputs: { 'retention-days': 'a week' },
      message: "retention-days is 'a week'",
      remedy: 'Allowed values: whole numbers from 1 to 400.',
    },
    {
      inputs: { 'artifact-zip': 'false', 'artifact-name': 'mine' },
      message: "artifact-name is 'mine', but with artifact-zip: false the artifact has the name of the file",
      remedy: 'Name the file with output or prefix, or set artifact-zip: true.',
    },
  ];
  for (const { inputs, message, remedy } of refused) {
    test(`${JSON.stringify(inputs)} is refused`, () => {
      assert.throws(
        () => read(inputs),
        (error) => {
          assert.ok(error instanceof RelopackError);
          assert.deepEqual([error.code, error.message, error.remedy], ['usage', message, remedy]);
          return true;
        },
      );
    });
  }
});
