import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type BlobStore, startBlobStore } from './azurite.ts';

/** An artifact as the service knows it. */
interface Listed {
  workflow_run_backend_id: string;
  workflow_job_run_backend_id: string;
  database_id: string;
  name: string;
  size: string;
  digest?: string;
  blob: string;
  type: string;
  final: boolean;
}

/** What goes wrong with requests to the blob store: a status that is answered instead, or a connection that ends. */
export type Fault = { status: number } | 'drop';

/** GitHub's artifact service, as far as its client asks of it, in front of a real blob store. */
export interface Results {
  /** The address for ACTIONS_RESULTS_URL. */
  url: string;
  /** All requests to the store meet these one after the other, and then none. */
  faults: Fault[];
  /** The requests to the store, by method and `comp`. */
  requests: string[];
  /** Names of artifacts that can be downloaded. */
  names(run: string): string[];
  stop(): void;
}

/**
 * Starts both on ports of their own. Artifacts belong to the run that the bearer's token names, as in
 * actions/toolkit packages/artifact/src/generated/results/api/v1/artifact.ts.
 */
export async function startResults(): Promise<Results> {
  const store = await startBlobStore();
  const artifacts: Listed[] = [];
  const faults: Fault[] = [];
  const requests: string[] = [];
  let ids = 0;

  /** What the methods answer: a status and a body. */
  async function answer(method: string, body: Record<string, string>): Promise<[number, object]> {
    const run = body.workflow_run_backend_id ?? '';
    const inRun = artifacts.filter(({ workflow_run_backend_id: id }) => id === run);
    const named = inRun.find(({ name }) => name === body.name);
    switch (method) {
      case 'CreateArtifact': {
        // A name is taken once it is final; what was left by a job that was killed is replaced.
        if (named?.final)
          return [
            409,
            { code: 'already_exists', msg: 'an artifact with this name already exists on the run' },
          ];
        if (named !== undefined) artifacts.splice(artifacts.indexOf(named), 1);
        const blob = randomUUID();
        artifacts.push({
          workflow_run_backend_id: run,
          workflow_job_run_backend_id: body.workflow_job_run_backend_id ?? '',
          database_id: String(++ids),
          name: body.name ?? '',
          size: '0',
          blob,
          type: body.mime_type ?? '',
          final: false,
        });
        return [200, { ok: true, signed_upload_url: await through(store, blob) }];
      }
      case 'FinalizeArtifact': {
        if (named === undefined) return [404, { code: 'not_found', msg: 'no such artifact' }];
        const { contentLength = 0 } = await store.container.getBlobClient(named.blob).getProperties();
        if (String(contentLength) !== body.size)
          return [400, { code: 'invalid_argument', msg: 'size differs' }];
        Object.assign(named, { final: true, size: body.size, digest: body.hash });
        return [200, { ok: true, artifact_id: named.database_id }];
      }
      case 'ListArtifacts': {
        const found = inRun.filter(
          ({ name, database_id: id, final }) =>
            final && name === (body.name_filter ?? name) && id === (body.id_filter ?? id),
        );
        return [200, { artifacts: found.map(({ blob: _, type: __, final: ___, ...listed }) => listed) }];
      }
      case 'DeleteArtifact': {
        if (named === undefined) return [404, { code: 'not_found', msg: 'no such artifact' }];
        artifacts.splice(artifacts.indexOf(named), 1);
        await store.container.deleteBlob(named.blob);
        return [200, { ok: true, artifact_id: named.database_id }];
      }
      case 'GetSignedArtifactURL': {
        if (named === undefined) return [404, { code: 'not_found', msg: 'no such artifact' }];
        return [
          200,
          { name: named.name, signed_url: await store.signedUrl(named.blob, named.type, named.name) },
        ];
      }
      default:
        return [404, { code: 'bad_route', msg: method }];
    }
  }

  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '', url);
    if (!pathname.startsWith('/twirp/')) {
      requests.push(`${incoming.method} ${searchParams.get('comp') ?? 'blob'}`);
      const fault = faults.shift();
      if (fault === undefined) forward(incoming, outgoing, store);
      else incoming.resume().on('end', () => fail(fault, incoming, outgoing));
      return;
    }
    void readJson(incoming)
      .then((body) => answer(pathname.split('/').at(-1) ?? '', body))
      .then(([status, body]) => {
        outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
  });
  /** The store's own signed address with this server in between: a signature covers the path and not the host. */
  async function through(where: BlobStore, blob: string): Promise<string> {
    const signed = new URL(await where.signedUrl(blob));
    return `${url}${signed.pathname}${signed.search}`;
  }
  const url = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
  return {
    url,
    faults,
    requests,
    names: (run) =>
      artifacts.filter((one) => one.workflow_run_backend_id === run && one.final).map(({ name }) => name),
    stop() {
      server.close();
      server.closeAllConnections();
      store.stop();
    },
  };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, store: BlobStore): void {
  const { host, hostname, port } = new URL(store.container.url);
  const { method, url: path } = incoming;
  const onward = request(
    { hostname, port, method, path, headers: { ...incoming.headers, host } },
    (answered) => {
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(outgoing);
    },
  );
  incoming.pipe(onward);
}

function fail(fault: Fault, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (fault === 'drop') incoming.socket.destroy();
  else outgoing.writeHead(fault.status).end();
}

async function readJson(incoming: IncomingMessage): Promise<Record<string, string>> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString());
}
