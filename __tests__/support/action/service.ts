import nock from 'nock';

/** Addresses that nothing answers but what a test says. */
export const service = 'https://results.test';
export const blobs = 'https://blobs.test';

/** The variables of a job on github.com; the token's signature is checked by nobody but the service. */
export const variables = {
  ACTIONS_RESULTS_URL: `${service}/`,
  ACTIONS_RUNTIME_TOKEN: token('Actions.Results:run-7:job-9'),
  GITHUB_SERVER_URL: 'https://github.com',
};

/** A JSON Web Token with this scope. */
export function token(scope: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ scp: `Actions.Other ${scope}` })}.x`;
}

/** The path of a method of the artifact service. */
export function method(name: string): string {
  return `/twirp/github.actions.results.api.v1.ArtifactService/${name}`;
}

/** A blob as the store has it after all its blocks were committed. */
export interface StoredBlob {
  bytes: Buffer;
  type: string;
}

/** Answers all that an upload asks when nothing goes wrong, and keeps what is put. */
export function acceptBlob(): StoredBlob {
  const stored: StoredBlob = { bytes: Buffer.alloc(0), type: '' };
  const blocks = new Map<string, Buffer>();
  nock(blobs)
    .persist()
    .put('/blob')
    .query(({ comp }) => comp === 'block')
    .reply(201, async (request: Request) => {
      const id = new URL(request.url).searchParams.get('blockid') ?? '';
      blocks.set(id, Buffer.from(await request.arrayBuffer()));
      return '';
    })
    .put('/blob')
    .query(({ comp }) => comp === 'blocklist')
    .reply(201, async (request: Request) => {
      const ids = [...(await request.text()).matchAll(/<Latest>([^<]*)<\/Latest>/g)].map(
        ([, id]) => id ?? '',
      );
      stored.bytes = Buffer.concat(ids.map((id) => blocks.get(id) ?? Buffer.alloc(0)));
      stored.type = request.headers.get('x-ms-blob-content-type') ?? '';
      return '';
    });
  return stored;
}

/** Makes waiting short, for clients that try again: the order of all that is due stays as it is. */
export function hurry(): () => void {
  const patient = globalThis.setTimeout;
  const hasty = (action: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) =>
    patient(action, delay / 1000, ...args);
  globalThis.setTimeout = Object.assign(hasty, patient);
  return () => {
    globalThis.setTimeout = patient;
  };
}
