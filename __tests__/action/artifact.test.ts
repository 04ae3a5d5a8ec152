import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import nock from 'nock';
import { type ArtifactOptions, uploadArtifact } from '../../src/action/artifact.ts';
import { readRunner } from '../../src/action/runner.ts';
import type { Output } from '../../src/archive/output.ts';
import { RelopackError } from '../../src/common/error.ts';
import { acceptBlob, blobs, hurry, method, service, token, variables } from '../support/action/service.ts';
import { writeOutput } from '../support/archive/output.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const runner = readRunner({ ...variables, GITHUB_REPOSITORY: 'owner/name', GITHUB_RUN_ID: '42' });
const zip: ArtifactOptions = { zip: true, overwrite: false };
const raw: ArtifactOptions = { zip: false, overwrite: false };

const directory = scratch();
let archive: Output;
let patience: () => void;

before(async () => {
  archive = await writeOutput(join(directory, 'python3-3.13.5-fedora-x86_64.tar.gz'), pieces());
  nock.disableNetConnect();
  patience = hurry();
});
after(() => {
  patience();
  nock.enableNetConnect();
});
beforeEach(() => {
  Object.assign(process.env, variables);
});
afterEach(() => {
  nock.abortPendingRequests();
  nock.cleanAll();
});

async function* pieces(): AsyncGenerator<Buffer> {
  yield Buffer.from([0x1f, 0x8b, 0xff]);
}

/** Lets a method of the service answer. `sent` is the body of the client's request. */
function answering(name: string, status: number, answer: object): { sent: unknown } {
  const seen: { sent: unknown } = { sent: undefined };
  nock(service)
    .post(method(name), (body) => {
      seen.sent = body;
      return true;
    })
    .reply(status, answer);
  return seen;
}

/** As Azure answers. */
function storeError(code: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>what the store says\nRequestId:1</Message></Error>`;
}

const created = { ok: true, signed_upload_url: `${blobs}/blob?sig=secret` };
const backend = { workflow_run_backend_id: 'run-7', workflow_job_run_backend_id: 'job-9' };

describe('an upload', { timeout: 60_000 }, () => {
  test('as a zip contains the archive and its checksum, under the name without .tar.gz', async () => {
    const create = answering('CreateArtifact', 200, created);
    const stored = acceptBlob();
    const finalize = answering('FinalizeArtifact', 200, { ok: true, artifact_id: '17' });
    const artifact = await uploadArtifact(archive, zip, runner);

    const digest = createHash('sha256').update(stored.bytes).digest('hex');
    assert.deepEqual(artifact, {
      name: 'python3-3.13.5-fedora-x86_64',
      id: 17,
      digest,
      url: 'https://github.com/owner/name/actions/runs/42/artifacts/17',
    });
    assert.deepEqual(create.sent, {
      ...backend,
      name: artifact.name,
      mime_type: 'application/zip',
      version: 7,
    });
    assert.deepEqual(finalize.sent, {
      ...backend,
      name: artifact.name,
      size: String(stored.bytes.length),
      hash: `sha256:${digest}`,
    });
    const file = join(directory, 'stored.zip');
    writeFileSync(file, stored.bytes);
    const { stdout } = await run('python3', ['-m', 'zipfile', '-l', file]);
    const names = [...stdout.toString().matchAll(/^(python3\S+)/gm)].map(([, name]) => name);
    assert.deepEqual(names, [
      'python3-3.13.5-fedora-x86_64.tar.gz',
      'python3-3.13.5-fedora-x86_64.tar.gz.sha256',
    ]);
  });

  test('as it is has the name and the digest of the file', async () => {
    const create = answering('CreateArtifact', 200, created);
    const stored = acceptBlob();
    answering('FinalizeArtifact', 200, { ok: true, artifact_id: '18' });
    const artifact = await uploadArtifact(archive, raw, runner);
    assert.equal(artifact.name, 'python3-3.13.5-fedora-x86_64.tar.gz');
    assert.equal(artifact.digest, archive.sha256);
    assert.deepEqual(stored, { bytes: Buffer.from([0x1f, 0x8b, 0xff]), type: 'application/gzip' });
    assert.deepEqual(create.sent, {
      ...backend,
      name: artifact.name,
      mime_type: 'application/gzip',
      version: 7,
    });
  });

  test('asks for the days that the artifact is to be kept', async () => {
    const create = answering('CreateArtifact', 200, created);
    acceptBlob();
    answering('FinalizeArtifact', 200, { ok: true, artifact_id: '19' });
    const now = Date.now();
    await uploadArtifact(archive, { ...zip, retentionDays: 5 }, runner);
    const { expires_at: expires } = JSON.parse(JSON.stringify(create.sent));
    const days = (Date.parse(expires) - now) / 86_400_000;
    assert.ok(days > 4.9 && days < 5.1, `${days} days`);
  });

  for (const { form, options, name } of [
    { form: 'a zip of the default name', options: zip, name: 'python3-3.13.5-fedora-x86_64' },
    { form: 'a zip of a given name', options: { ...zip, name: 'mine' }, name: 'mine' },
    { form: 'a file as it is', options: raw, name: 'python3-3.13.5-fedora-x86_64.tar.gz' },
  ]) {
    test(`that overwrites ${form} deletes the artifact that has the very name`, async () => {
      const artifacts = [{ ...backend, database_id: '3', name, size: '1' }];
      const list = answering('ListArtifacts', 200, { artifacts });
      const remove = answering('DeleteArtifact', 200, { ok: true, artifact_id: '3' });
      const create = answering('CreateArtifact', 200, created);
      acceptBlob();
      answering('FinalizeArtifact', 200, { ok: true, artifact_id: '20' });
      const artifact = await uploadArtifact(archive, { ...options, overwrite: true }, runner);
      assert.equal(artifact.name, name);
      assert.deepEqual(list.sent, { ...backend, name_filter: name });
      assert.deepEqual(remove.sent, { ...backend, name });
      assert.equal(JSON.parse(JSON.stringify(create.sent)).name, name);
    });
  }

  test('that overwrites goes on if there is nothing to delete', async () => {
    answering('ListArtifacts', 200, { artifacts: [] });
    answering('CreateArtifact', 200, created);
    acceptBlob();
    answering('FinalizeArtifact', 200, { ok: true, artifact_id: '21' });
    assert.equal((await uploadArtifact(archive, { ...zip, overwrite: true }, runner)).id, 21);
  });

  test('is tried again while the service and the blob store answer 503', async () => {
    nock(service).post(method('CreateArtifact')).times(4).reply(503, { code: 'unavailable', msg: 'busy' });
    answering('CreateArtifact', 200, created);
    nock(blobs).put('/blob').query(true).times(2).reply(503);
    const stored = acceptBlob();
    answering('FinalizeArtifact', 200, { ok: true, artifact_id: '22' });
    assert.equal((await uploadArtifact(archive, raw, runner)).id, 22);
    assert.equal(stored.bytes.length, 3);
  });
});

describe('an upload that fails names the cause', { timeout: 60_000 }, () => {
  const beginning = "cannot upload artifact 'python3-3.13.5-fedora-x86_64': ";
  const cases: { name: string; given(): void; message: string; remedy: RegExp }[] = [
    {
      name: 'the name is taken by another job of the matrix',
      given: () =>
        answering('CreateArtifact', 409, {
          code: 'already_exists',
          msg: 'an artifact with this name already exists on the workflow run',
        }),
      message:
        'this run already has an artifact of this name (CreateArtifact: HTTP 409 Conflict: an artifact with this name already exists on the workflow run)',
      remedy: /matrix.*overwrite: true/,
    },
    {
      name: 'the quota is used up',
      given: () =>
        answering('CreateArtifact', 403, {
          code: 'permission_denied',
          msg: 'insufficient usage to create artifact',
        }),
      message:
        'the storage quota for artifacts is used up (CreateArtifact: Artifact storage quota has been hit. Unable to upload any new artifacts.)',
      remedy: /retention-days lower/,
    },
    {
      name: 'the quota is used up, in other words',
      given: () =>
        answering('CreateArtifact', 403, { code: 'permission_denied', msg: 'the storage quota is exceeded' }),
      message:
        'the storage quota for artifacts is used up (CreateArtifact: HTTP 403 Forbidden: the storage quota is exceeded)',
      remedy: /retention-days lower/,
    },
    {
      name: 'the token is refused',
      given: () => answering('CreateArtifact', 401, { code: 'unauthenticated', msg: 'token expired' }),
      message:
        "the artifact service refuses the job's token (CreateArtifact: HTTP 401 Unauthorized: token expired)",
      remedy: /Run the job again/,
    },
    {
      name: 'the token has no claim for artifacts',
      given: () => {
        process.env.ACTIONS_RUNTIME_TOKEN = token('Actions.Cache:1:2');
      },
      message:
        'the artifact client gave up (Failed to get backend IDs: The provided JWT token is invalid and/or missing claims)',
      remedy: /debug logging/,
    },
    {
      name: 'there are too many requests',
      given: () => {
        nock(service)
          .post(method('CreateArtifact'))
          .times(5)
          .reply(429, { code: 'resource_exhausted', msg: 'slow down' });
      },
      message:
        'too many requests for this repository (CreateArtifact: after 5 attempts: HTTP 429 Too Many Requests: slow down)',
      remedy: /max-parallel/,
    },
    {
      name: 'the service stays out of order',
      given: () => {
        nock(service).post(method('CreateArtifact')).times(5).reply(500, { code: 'internal', msg: 'oops' });
      },
      message:
        'the service is out of order (CreateArtifact: after 5 attempts: HTTP 500 Internal Server Error: oops)',
      remedy: /githubstatus/,
    },
    {
      name: 'a proxy answers instead',
      given: () => {
        nock(service).post(method('CreateArtifact')).times(5).reply(200, '<html>Sign in</html>');
      },
      message:
        'the answer does not come from the artifact service (CreateArtifact: after 5 attempts: Unexpected token \'<\', "<html>Sign in</html>" is not valid JSON)',
      remedy: /proxy/,
    },
    {
      name: 'the service drops the connection',
      given: () => {
        nock(service)
          .post(method('CreateArtifact'))
          .replyWithError(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
      },
      message: 'the connection failed (CreateArtifact: Unable to make request: ECONNRESET)',
      remedy: /actions\.githubusercontent\.com/,
    },
    {
      name: 'the service does not accept it',
      given: () => answering('CreateArtifact', 200, { ok: false, signed_upload_url: '' }),
      message: 'the artifact client gave up (CreateArtifact: response from backend was not ok)',
      remedy: /debug logging/,
    },
    {
      name: 'the blob store stays out of order',
      given: () => {
        answering('CreateArtifact', 200, created);
        nock(blobs)
          .put('/blob')
          .query(true)
          .times(4)
          .reply(503, storeError('ServerBusy'), { 'content-type': 'application/xml' });
      },
      message: 'the service is out of order (blob store: HTTP 503 ServerBusy what the store says)',
      remedy: /githubstatus/,
    },
    {
      name: 'the blob store says nothing but 503',
      given: () => {
        answering('CreateArtifact', 200, created);
        nock(blobs).put('/blob').query(true).times(4).reply(503);
      },
      message: 'the service is out of order (blob store: HTTP 503)',
      remedy: /githubstatus/,
    },
    {
      name: 'the blob store refuses the signed address',
      given: () => {
        answering('CreateArtifact', 200, created);
        nock(blobs)
          .put('/blob')
          .query(true)
          .reply(403, storeError('AuthenticationFailed'), { 'content-type': 'application/xml' });
      },
      message:
        'the blob store refuses the signed address (blob store: HTTP 403 AuthenticationFailed what the store says)',
      remedy: /address lasts/,
    },
    {
      name: 'the blob store drops the connection',
      given: () => {
        answering('CreateArtifact', 200, created);
        nock(blobs)
          .put('/blob')
          .query(true)
          .times(4)
          .replyWithError(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
      },
      message: 'the connection failed (Unable to make request: ECONNRESET)',
      remedy: /blob\.core\.windows\.net/,
    },
    {
      name: 'it is not made final',
      given: () => {
        answering('CreateArtifact', 200, created);
        acceptBlob();
        answering('FinalizeArtifact', 400, { code: 'invalid_argument', msg: 'hash differs' });
      },
      message: 'the artifact client gave up (FinalizeArtifact: HTTP 400 Bad Request: hash differs)',
      remedy: /debug logging/,
    },
  ];
  for (const { name, given, message, remedy } of cases) {
    test(name, async () => {
      given();
      await assert.rejects(uploadArtifact(archive, zip, runner), (error) => {
        assert.ok(error instanceof RelopackError, String(error));
        assert.equal(error.code, 'upload');
        assert.equal(error.message, `${beginning}${message}`);
        assert.match(error.remedy, remedy);
        return true;
      });
      assert.deepEqual(nock.pendingMocks(), []);
    });
  }
});
