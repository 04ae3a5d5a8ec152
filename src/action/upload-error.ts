import { RelopackError } from '../common/error.ts';
import { type Message, message, option } from '../common/message.ts';

/** The error classes of the artifact client that tell a cause. The client is loaded late, so they are passed in. */
type ErrorClasses = Pick<
  typeof import('@actions/artifact'),
  'FilesNotFoundError' | 'GHESNotSupportedError' | 'NetworkError' | 'UsageError'
>;

/** The facts in an error of the client. */
interface Failure {
  kind?: 'network' | 'quota' | 'files' | 'server';
  /** The HTTP status of the last answer. */
  status?: number;
  /** The error code of the blob store (`ServerBusy`) or of the system (`ECONNRESET`). */
  code?: string;
  /** Whether the blob store failed, and not the artifact service. */
  blob: boolean;
  text: string;
}

interface Cause {
  applies(failure: Failure): boolean;
  problem: string;
  remedy: Message;
}

/** The first that applies is used. */
const causes: readonly Cause[] = [
  {
    applies: ({ kind }) => kind === 'quota',
    problem: 'the storage quota for artifacts is used up',
    remedy:
      'Delete old artifacts, set retention-days lower, or raise the spending limit. GitHub recalculates the usage every 6 to 12 hours.',
  },
  {
    applies: ({ kind }) => kind === 'server',
    problem: 'this GitHub server does not have the artifact service',
    remedy: 'Set upload: false, and upload outputs.path with actions/upload-artifact@v3.',
  },
  {
    applies: ({ kind }) => kind === 'files',
    problem: 'the archive or its checksum was removed before the upload',
    remedy: 'Find out what removes it while the step runs, and run the job again.',
  },
  {
    applies: ({ status, blob }) => status === 409 && !blob,
    problem: 'this run already has an artifact of this name',
    remedy:
      'Give each job of a matrix its own artifact-name: the default name contains the version, the distribution and the architecture. If one job uploads it again, set overwrite: true.',
  },
  {
    applies: ({ status, blob }) => !blob && (status === 401 || status === 403),
    problem: "the artifact service refuses the job's token",
    remedy:
      'Run the job again: the token expires with the job. On a self-hosted runner, check that the clock is right.',
  },
  {
    applies: ({ status, blob }) => blob && (status === 401 || status === 403),
    problem: 'the blob store refuses the signed address',
    remedy:
      'Run the job again: the address lasts for an hour. On a self-hosted runner, check that the clock is right, and that no proxy changes addresses.',
  },
  {
    applies: ({ status }) => status === 413 || status === 507,
    problem: 'the artifact is too large',
    remedy: message`Leave out files with ${option('exclude')}, or name fewer modules.`,
  },
  {
    applies: ({ status }) => status === 429,
    problem: 'too many requests for this repository',
    remedy: 'Run the job again later, or run fewer jobs at a time (strategy.max-parallel).',
  },
  {
    applies: ({ status = 0 }) => status >= 500,
    problem: 'the service is out of order',
    remedy: 'Look at https://www.githubstatus.com and run the job again later.',
  },
  {
    applies: ({ kind }) => kind === 'network',
    problem: 'the connection failed',
    remedy:
      'Run the job again. A self-hosted runner needs access to *.actions.githubusercontent.com and *.blob.core.windows.net. If it has a proxy, set https_proxy.',
  },
  {
    applies: ({ text }) => /Unexpected (?:token|end of JSON)/.test(text),
    problem: 'the answer does not come from the artifact service',
    remedy: 'Look for a proxy between the runner and GitHub that answers instead.',
  },
];

const unknown: Omit<Cause, 'applies'> = {
  problem: 'the artifact client gave up',
  remedy: 'Run the job again with debug logging, which shows every request.',
};

/** The error for the user about an upload that failed: its cause, HTTP status or code, and what to do. */
export function uploadError(error: unknown, name: string, classes: ErrorClasses): RelopackError {
  const failure = readFailure(error, classes);
  const { problem, remedy } = causes.find(({ applies }) => applies(failure)) ?? unknown;
  const evidence = failure.text === '' ? '' : ` (${failure.text})`;
  return new RelopackError('upload', `cannot upload artifact '${name}': ${problem}${evidence}`, remedy, {
    cause: error,
  });
}

/**
 * Reads an error of the client. Errors of the blob store are a NetworkError, or a RestError with an often empty text.
 * Errors of the service have no class, since the client puts the text of each into a new Error. Such a text is
 * `Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: taken`.
 */
function readFailure(error: unknown, classes: ErrorClasses): Failure {
  if (!(error instanceof Error)) return { blob: false, text: String(error) };
  const line = firstLine(error);
  const blob = error.name === 'RestError';
  const status = blob ? property(error, 'statusCode') : /\((\d{3})\)/.exec(line)?.[1];
  const code = property(error, 'code');
  const kind = kindOf(error, line, classes);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(status === undefined ? {} : { status: Number(status) }),
    ...(code === undefined ? {} : { code: String(code) }),
    blob,
    text: blob ? blobText(status, code, line) : serviceText(line),
  };
}

/** The kind by the class of the error, or by its text if the client has rewritten the error. */
function kindOf(error: Error, line: string, classes: ErrorClasses): Failure['kind'] {
  if (error instanceof classes.FilesNotFoundError) return 'files';
  if (error instanceof classes.GHESNotSupportedError) return 'server';
  // The service words it in its own way if it does not use the sentence that the client knows.
  if (error instanceof classes.UsageError || line.includes('storage quota')) return 'quota';
  if (error instanceof classes.NetworkError || /Unable to make request: E[A-Z]+$/.test(line))
    return 'network';
  const isBroken = /^E[A-Z]+$|REQUEST_SEND_ERROR/.test(String(property(error, 'code') ?? ''));
  return isBroken || line.includes('stalled') ? 'network' : undefined;
}

function firstLine({ message: text }: Error): string {
  return text.split('\n')[0] ?? '';
}

/** `CreateArtifact: HTTP 409 Conflict: taken` */
function serviceText(line: string): string {
  return line
    .replace(/^Failed to (?=[A-Z]\w+: )/, '')
    .replace(/Received non-retryable error: |Failed request: |Failed to make request /g, '')
    .replace(/\((\d{3})\)/, 'HTTP $1');
}

function blobText(status: unknown, code: unknown, line: string): string {
  const parts = [status === undefined ? '' : `HTTP ${status}`, line.includes(String(code)) ? '' : code, line];
  return `blob store: ${parts.filter(Boolean).join(' ')}`;
}

function property(value: object, name: string): unknown {
  return Reflect.get(value, name);
}
