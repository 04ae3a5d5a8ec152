import { RelopackError } from '../common/error.ts';

/** What the client's errors say, as far as they say it. */
interface Failure {
  /** HTTP status of the last answer. */
  status?: number;
  /** The blob store's error code (`ServerBusy`), or the system's (`ECONNRESET`). */
  code?: string;
  /** Whether the blob store failed, and not the artifact service. */
  blob: boolean;
  text: string;
}

interface Cause {
  applies(failure: Failure): boolean;
  message: string;
  remedy: string;
}

/** The first that applies is named. */
const causes: readonly Cause[] = [
  {
    applies: ({ text }) => text.includes('storage quota'),
    message: 'the storage quota for artifacts is used up',
    remedy:
      'Delete old artifacts, set retention-days lower, or raise the spending limit; GitHub counts anew every 6 to 12 hours.',
  },
  {
    applies: ({ status, blob }) => status === 409 && !blob,
    message: 'this run has an artifact of that name already',
    remedy:
      'Give each job of a matrix an artifact-name of its own (the default names the version, the distribution and the architecture), or set overwrite: true.',
  },
  {
    applies: ({ status, blob }) => !blob && (status === 401 || status === 403),
    message: "the artifact service refuses the job's token",
    remedy: 'Run the job again; its token ends with the job, and a self-hosted runner needs the right time.',
  },
  {
    applies: ({ status, blob }) => blob && (status === 401 || status === 403),
    message: 'the blob store refuses the signed address',
    remedy:
      'Run the job again; the address lasts for an hour, a self-hosted runner needs the right time, and a proxy must leave addresses as they are.',
  },
  {
    applies: ({ status }) => status === 413 || status === 507,
    message: 'it is too large',
    remedy: 'Leave out what is not needed with exclude, or name fewer modules.',
  },
  {
    applies: ({ status }) => status === 429,
    message: 'too many requests for this repository',
    remedy: 'Run the job again later, or fewer jobs at a time (strategy.max-parallel).',
  },
  {
    applies: ({ status = 0 }) => status >= 500,
    message: 'the service is out of order',
    remedy: 'Look at https://www.githubstatus.com and run the job again later.',
  },
  {
    applies: ({ code = '', text }) => /^E[A-Z]+$|REQUEST_SEND_ERROR/.test(code) || text.includes('stalled'),
    message: 'the connection failed',
    remedy:
      "Run the job again. A self-hosted runner needs access to *.actions.githubusercontent.com and *.blob.core.windows.net, through https_proxy where there's one.",
  },
  {
    applies: ({ text }) => /Unexpected (?:token|end of JSON)/.test(text),
    message: 'what answers is not the artifact service',
    remedy: 'Look for a proxy between the runner and GitHub that answers in its place.',
  },
];

const unknown: Omit<Cause, 'applies'> = {
  message: 'the artifact client gave up',
  remedy: 'Run the job again with debug logging, which shows every request.',
};

/** Turns what the artifact client throws into an error that names the cause: HTTP status, code, and what to do. */
export function uploadFailure(error: unknown, name: string): RelopackError {
  const failure = readFailure(error);
  const { message, remedy } = causes.find(({ applies }) => applies(failure)) ?? unknown;
  const evidence = failure.text === '' ? '' : ` (${failure.text})`;
  return new RelopackError('upload', `cannot upload artifact '${name}': ${message}${evidence}`, remedy, {
    cause: error,
  });
}

/**
 * The blob client throws RestError, often with an empty message; the service's client an Error that has all in its
 * text, such as `Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: taken`.
 */
function readFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { blob: false, text: String(error) };
  const said = error.message.split('\n')[0] ?? '';
  const blob = error.name === 'RestError';
  const status = blob ? property(error, 'statusCode') : /\((\d{3})\)/.exec(said)?.[1];
  const code = property(error, 'code') ?? /Unable to make request: (E[A-Z]+)/.exec(said)?.[1];
  const text = blob ? blobText(status, code, said) : serviceText(said);
  return {
    ...(status === undefined ? {} : { status: Number(status) }),
    ...(code === undefined ? {} : { code: String(code) }),
    blob,
    text,
  };
}

/** `CreateArtifact: HTTP 409 Conflict: taken` */
function serviceText(said: string): string {
  return said
    .replace(/^Failed to (?=[A-Z]\w+: )/, '')
    .replace(/Received non-retryable error: |Failed request: |Failed to make request /g, '')
    .replace(/\((\d{3})\)/, 'HTTP $1');
}

function blobText(status: unknown, code: unknown, said: string): string {
  const parts = [status === undefined ? '' : `HTTP ${status}`, said.includes(String(code)) ? '' : code, said];
  return `blob store: ${parts.filter(Boolean).join(' ')}`;
}

function property(value: object, name: string): unknown {
  return Reflect.get(value, name);
}
